import { expect, test } from 'vitest';
import { FramePacer } from './frame-pacer.ts';

/** Indices of the frames taken out of `count` at `sourceFps`. */
const taken = (
  sourceFps: number,
  fps: number,
  count: number,
  pacer = new FramePacer(),
  fromUs = 0,
): number[] =>
  Array.from({ length: count }, (_, index) => index).filter((index) =>
    pacer.take(fromUs + (index * 1e6) / sourceFps, fps),
  );

test.each([
  [25, 5, [0, 5, 10, 15, 20]],
  [25, 25, Array.from({ length: 25 }, (_, index) => index)],
  [10, 4, [0, 3, 5, 8]],
  [10, 20, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [10, 1, [0]],
])('takes evenly from %i frames a second when %i are wanted', (sourceFps, fps, indices) => {
  expect(taken(sourceFps, fps, sourceFps)).toEqual(indices);
});

test('keeps the rate over a minute of frames that do not come like clockwork', () => {
  const pacer = new FramePacer();
  let count = 0;
  for (let us = 0; us < 60e6; us += 40_000) if (pacer.take(us + 8_000 * Math.sin(us), 5)) count++;

  expect(count).toBeGreaterThanOrEqual(298);
  expect(count).toBeLessThanOrEqual(302);
});

test('does not make up for a gap', () => {
  const pacer = new FramePacer();
  taken(25, 5, 25, pacer);

  expect(taken(25, 5, 25, pacer, 60e6)).toEqual([0, 5, 10, 15, 20]);
});

test('follows a rate that goes up at once', () => {
  const pacer = new FramePacer();
  pacer.take(0, 0.5);

  expect(pacer.take(200_000, 5)).toBe(true);
});

test('takes nothing when nothing is wanted', () => {
  expect(taken(25, 0, 25)).toEqual([]);
});
