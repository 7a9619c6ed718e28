import { expect, test } from 'vitest';
import type { MemorySample } from '../measures/memory.ts';
import { hourlyGrowth, memoryFigures } from './memory-figures.ts';

test('what grew before the last half does not count', () => {
  const samples = [0, 600, 1200, 1800, 2400, 3000, 3600].map((at) => ({ at, heap: Math.min(at, 1800) }));

  expect(hourlyGrowth(samples, ({ heap }) => heap)).toBe(0);
});

test('is told for an hour, however long it was watched', () => {
  const samples = [0, 5, 10, 15].map((at) => ({ at, heap: 1000 + 2 * at }));

  expect(hourlyGrowth(samples, ({ heap }) => heap)).toBeCloseTo(7200, 6);
});

const growing = (seconds: number): MemorySample[] =>
  Array.from({ length: 31 }, (_, index): MemorySample => {
    const at = (index * seconds) / 30;
    const wall = { heap: at * 1024 ** 2, nodes: 1, listeners: 1, bufferedSeconds: 1, liveTiles: 9 };
    return { at, wall, queue: wall, resident: {}, raised: 1, resolved: 1, load: 1 };
  });

test.each([
  [30, undefined, /not judged: under 10 min/],
  [590, undefined, /not judged/],
  [600, false, /≤ 3 MB/],
])('over %d s a slope is judged %s', (seconds, isMet, target) => {
  const judged = memoryFigures(growing(seconds)).filter(({ name }) => name.includes('heap'));

  expect(judged.map((figure) => figure.isMet)).toEqual([isMet, isMet]);
  for (const figure of judged) expect(figure.target).toMatch(target);
});
