import { durationUnitMs } from '../../../../core/schema/duration-units.ts';
import { word } from '../words.ts';
import { durationUnits, parseDuration, sayDuration, unitWords } from './say-duration.ts';
import { sayValue } from './value-words.ts';

export interface Option {
  value: string;
  label: string;
}

export interface InputProps {
  value: unknown;
  label: string;
  isOptional: boolean;
  onChange(value: unknown): void;
}

const parse = (text: unknown) => parseDuration(String(text ?? '')) ?? { amount: '', unit: 's' as const };

/** A number and its unit: `5s`. `longest`: in the same form. */
export const DurationInput = ({
  value,
  label,
  isOptional,
  onChange,
  longest,
}: InputProps & { longest: string | undefined }) => {
  const { amount, unit } = parse(value);
  const most = longest === undefined ? undefined : parse(longest);
  const max = most && Math.floor((Number(most.amount) * durationUnitMs[most.unit]) / durationUnitMs[unit]);
  const tellIt = (nextAmount: string, nextUnit: string): void =>
    onChange(nextAmount === '' ? (isOptional ? undefined : '') : `${Number(nextAmount)}${nextUnit}`);
  return (
    <span class="row duration">
      <input
        type="number"
        min={0}
        max={max}
        step={1}
        value={amount}
        aria-label={label}
        aria-invalid={max !== undefined && Number(amount) > max}
        onInput={(event) => tellIt(event.currentTarget.value, unit)}
      />
      <select
        value={unit}
        aria-label={`${label} · ${word('unit')}`}
        onChange={(event) => tellIt(amount, event.currentTarget.value)}
      >
        {durationUnits.map((one) => (
          <option key={one} value={one}>
            {word(unitWords[one])}
          </option>
        ))}
      </select>
      {most && (
        <span class={Number(amount) > (max ?? 0) ? 'field-problem' : 'muted'}>
          {word('longest', { span: sayDuration(longest ?? '') })}
        </span>
      )}
    </span>
  );
};

export const ChoiceInput = ({
  value,
  label,
  isOptional,
  onChange,
  options,
}: InputProps & { options: readonly Option[] }) => {
  const isKnown = value === undefined || value === '' || options.some((option) => option.value === value);
  return (
    <select
      value={String(value ?? '')}
      aria-label={label}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      {(isOptional || value === '' || value === undefined) && (
        <option value="">{word(isOptional ? 'notSet' : 'chooseOne')}</option>
      )}
      {!isKnown && <option value={String(value)}>{String(value)}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
};

/** Any of some: boxes to tick. */
export const ChoicesInput = ({
  value,
  label,
  isOptional,
  onChange,
  options,
}: InputProps & { options: readonly Option[] }) => {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const unknown = chosen.filter((one) => !options.some((option) => option.value === one));
  const all = [...options, ...unknown.map((one) => ({ value: one, label: sayValue(one) }))];
  const toggle = (one: string): void => {
    const next = chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one];
    onChange(next.length === 0 && isOptional ? undefined : next);
  };
  return (
    <fieldset class="ticks" aria-label={label}>
      {all.map((option) => (
        <label key={option.value} class="tick">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
};

/** Ids where nobody knows which there are, parted by commas. */
export const IdsInput = ({ value, label, isOptional, onChange }: InputProps) => (
  <input
    value={Array.isArray(value) ? value.join(', ') : ''}
    aria-label={label}
    placeholder={word('commas')}
    onChange={(event) => {
      const ids = event.currentTarget.value.split(/[\s,，]+/).filter((one) => one !== '');
      onChange(ids.length === 0 && isOptional ? undefined : ids);
    }}
  />
);
