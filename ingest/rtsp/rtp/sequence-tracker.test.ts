import { expect, test } from 'vitest';
import { SequenceTracker } from './sequence-tracker.ts';

const missingOf = (...numbers: number[]): number[] => {
  const tracker = new SequenceTracker();
  return numbers.map((number) => tracker.take(number));
};

test.each([
  ['an unbroken run over the wrap', [65_534, 65_535, 0, 1], [0, 0, 0, 0]],
  ['a gap', [1, 2, 5], [0, 0, 2]],
  ['a gap over the wrap', [65_535, 2], [0, 2]],
  ['what came already', [5, 5, 4, 6], [0, -1, -1, 0]],
  ['a count that begins anew', [40_000, 3, 4], [0, 1, 0]],
])('counts what is missing in %s', (_, numbers, missing) => {
  expect(missingOf(...numbers)).toEqual(missing);
});

test('reports the cycles, what is lost and its share since the last report', () => {
  const tracker = new SequenceTracker();
  for (const number of [65_533, 65_534, 65_535, 1]) tracker.take(number);

  expect(tracker.report()).toEqual({ highest: 0x1_0001, lost: 1, lostFraction: Math.floor(256 / 5) });
  expect(tracker.report()).toMatchObject({ lost: 1, lostFraction: 0 });
});

test('goes on counting losses when another sender begins', () => {
  const tracker = new SequenceTracker();
  for (const number of [1, 3]) tracker.take(number);

  tracker.restart();

  expect([tracker.take(500), tracker.take(502), tracker.lost]).toEqual([0, 1, 2]);
});
