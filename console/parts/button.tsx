import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { KeyHint } from './key-hint.tsx';

export interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  tone?: 'plain' | 'main' | 'bad' | undefined;
  type?: 'button' | 'submit';
  disabled?: boolean | undefined;
  /** The key that does the same. */
  hint?: string | undefined;
  icon?: IconName;
  /** Why it cannot be pressed, or what it does. */
  title?: string | undefined;
  isPressed?: boolean;
}

export const Button = ({
  children,
  onClick,
  tone = 'plain',
  hint,
  icon,
  isPressed,
  ...rest
}: ButtonProps) => (
  <button type="button" class={`button ${tone}`} onClick={onClick} aria-pressed={isPressed} {...rest}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
    {hint && <KeyHint>{hint}</KeyHint>}
  </button>
);

export interface IconButtonProps {
  icon: IconName;
  /** What it does, for who cannot see the picture. */
  label: string;
  onClick(): void;
  isPressed?: boolean;
  disabled?: boolean;
}

export const IconButton = ({ icon, label, isPressed, ...rest }: IconButtonProps) => (
  <button
    type="button"
    class="button icon-only"
    aria-label={label}
    title={label}
    aria-pressed={isPressed}
    {...rest}
  >
    <Icon name={icon} />
  </button>
);
