import { Field } from '../parts/field.tsx';
import { word } from './words.ts';

const [minLength, maxLength] = [10, 500];

/** Whether the API takes it: 10 to 500 characters without spaces around them. */
export const isReason = (text: string): boolean => {
  const { length } = text.trim();
  return length >= minLength && length <= maxLength;
};

export interface ReasonFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

/** A reason as somebody else can judge it. */
export const ReasonField = ({ label, value, onChange }: ReasonFieldProps) => (
  <Field label={label} hint={word('reasonHint', { length: value.trim().length })}>
    <textarea
      rows={3}
      value={value}
      maxLength={maxLength}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  </Field>
);
