import { effect, signal } from '@preact/signals';
import { keep, kept } from '../parts/kept.ts';

export const themes = ['dark', 'light', 'system'] as const;
export type Theme = (typeof themes)[number];

/** Dark unless somebody chose otherwise: control rooms are. */
export const theme = signal<Theme>('dark');

/** What the machine is set to. */
const systemIsLight = (): MediaQueryList => matchMedia('(prefers-color-scheme: light)');

/** Takes up what was chosen here before, and keeps what is chosen from now on. */
export const followTheme = (): void => {
  const before = kept('theme');
  theme.value = themes.find((one) => one === before) ?? 'dark';
  const show = (): void => {
    const asSystem = systemIsLight().matches ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme.peek() === 'system' ? asSystem : theme.peek();
  };
  systemIsLight().addEventListener('change', show);
  effect(() => {
    keep('theme', theme.value);
    show();
  });
};
