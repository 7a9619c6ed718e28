import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const tokens = text('./tokens.css');
const queue = text('../pages/queue/queue.css');
const [dark = '', light = ''] = tokens.split(':root[data-theme="light"]');
const themes = { dark, light };

type Rgb = readonly number[];

const token = (theme: keyof typeof themes, name: string): Rgb => {
  const hex = new RegExp(`--${name}: #(\\w{6});`).exec(themes[theme])?.[1];
  if (!hex) throw new TypeError(`${theme} has no --${name}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
};

/** Relative luminance and contrast ratio, WCAG 2.1. */
const luminance = (color: Rgb): number => {
  const [red = 0, green = 0, blue = 0] = color
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: Rgb, other: Rgb): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** What a row becomes under the pointer, by the style sheet itself. */
const [, selector = '', ...hover] =
  /^(\S*.*)\.alert-open:hover \{\n {2}background: rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)/m.exec(queue) ?? [];
const [red = 0, green = 0, blue = 0, percent = 0] = hover.map(Number);
const underPointer = (ground: Rgb): Rgb =>
  ground.map((value, at) => (value * (100 - percent) + ([red, green, blue][at] ?? 0) * percent) / 100);

const states = ['text', 'warn', 'bad'] as const; // ample, near, over
const grounds = ['ground', 'surface', 'raised', 'accent-ground'] as const;

describe.each(['dark', 'light'] as const)('a time that runs out, %s', (theme) => {
  test.each(states.flatMap((state) => grounds.map((ground) => [state, ground] as const)))(
    'in %s can be read on %s',
    (state, ground) => {
      expect(contrast(token(theme, state), token(theme, ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(states)('in %s can be read on a row under the pointer', (state) => {
    const rows = selector.includes(':not(.chosen)') ? ['surface'] : ['surface', 'accent-ground'];
    expect(percent).toBeGreaterThan(0);
    for (const row of rows)
      expect(contrast(token(theme, state), underPointer(token(theme, row))), row).toBeGreaterThanOrEqual(4.5);
  });
});
