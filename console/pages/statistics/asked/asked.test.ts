import { expect, it } from 'vitest';
import { stepOf, toOwnSpan } from './asked.ts';
import { dayAt, startOfDay } from './site-days.ts';

const zone = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(text);

it('a day begins at midnight on the site, whatever the browser says', () => {
  expect(dayAt(at('2026-11-28T16:30Z'), zone)).toBe('2026-11-29');
  expect(startOfDay('2026-11-29', zone)).toBe(at('2026-11-28T16:00Z'));
  expect(startOfDay('2026-11-30', zone, 1)).toBe(at('2026-12-01T00:00+08:00'));
});

it('the day on which clocks change begins at its own midnight', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe(at('2026-03-29T00:00+01:00'));
  expect(startOfDay('2026-03-29', 'Europe/Berlin', 1)).toBe(at('2026-03-30T00:00+02:00'));
});

it('a span of one’s own ends with its last day', () => {
  expect(toOwnSpan('2026-11-01', '2026-11-02', zone)).toEqual({
    ...{ from: at('2026-11-01T00:00+08:00'), to: at('2026-11-03T00:00+08:00') },
  });
});

it.each([
  ['2026-11-02', '2026-11-01'],
  ['2025-01-01', '2026-11-01'],
  ['', '2026-11-01'],
])('from %s to %s is no span', (first, last) => {
  expect(toOwnSpan(first, last, zone)).toBeUndefined();
});

it('steps grow with the span', () => {
  const day = 86_400_000;
  expect([1, 3, 4, 190, 366].map((days) => stepOf({ from: 0, to: days * day }))).toEqual([
    ...['hour', 'hour', 'day', 'day', 'month'],
  ]);
});
