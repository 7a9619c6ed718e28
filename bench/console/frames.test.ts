import { expect, test } from 'vitest';
import { toFrameTimes } from './frames.ts';

test('a screen of sixty a second is never late', () => {
  const times = toFrameTimes(Array.from({ length: 61 }, (_, index) => (index * 1000) / 60));

  expect(times).toMatchObject({ frames: 60, late: 0 });
  expect(times.fps).toBeCloseTo(60, 6);
  expect(times.max).toBeCloseTo(1000 / 60, 6);
});

test('one picture left out is late once, and the longest', () => {
  const times = toFrameTimes([0, 16, 32, 64, 80]);

  expect(times).toMatchObject({ frames: 4, late: 0.25, p50: 16, max: 32, fps: 50 });
});

test('of fewer than two pictures there is nothing to say', () => {
  expect(toFrameTimes([5])).toMatchObject({ frames: 0, fps: 0, late: 0, p50: Number.NaN });
});
