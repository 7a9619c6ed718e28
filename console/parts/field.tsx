import type { ComponentChildren } from 'preact';

export interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong with what stands in it. */
  problem?: string | undefined;
  /** The input, inside its label. */
  children: ComponentChildren;
}

/** An input with its name above and what is wrong with it below. */
export const Field = ({ label, hint, problem, children }: FieldProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
  <label class="field">
    <span class="field-label">{label}</span>
    {children}
    {hint && <span class="muted">{hint}</span>}
    {problem && (
      <span class="field-problem" role="alert">
        {problem}
      </span>
    )}
  </label>
);
