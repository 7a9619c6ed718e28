import { expect, test } from 'vitest';
import { hourlyGrowth } from './memory-figures.ts';

test('what grew before the last half does not count', () => {
  const samples = [0, 600, 1200, 1800, 2400, 3000, 3600].map((at) => ({ at, heap: Math.min(at, 1800) }));

  expect(hourlyGrowth(samples, ({ heap }) => heap)).toBe(0);
});

test('is told for an hour, however long it was watched', () => {
  const samples = [0, 5, 10, 15].map((at) => ({ at, heap: 1000 + 2 * at }));

  expect(hourlyGrowth(samples, ({ heap }) => heap)).toBeCloseTo(7200, 6);
});
