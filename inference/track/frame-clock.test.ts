import { expect, test } from 'vitest';
import { FrameClock } from './frame-clock.ts';

const start = 1_700_000_000_000;

test('counts at most a second of a gap as watched', () => {
  const clock = new FrameClock();

  expect(clock.step(start)).toEqual({ at: start, elapsedMs: 0, watchedMs: 0 });
  expect(clock.step(start + 100)).toMatchObject({ elapsedMs: 100, watchedMs: 100 });
  expect(clock.step(start + 15_100)).toMatchObject({ elapsedMs: 15_000, watchedMs: 1_000 });
  expect(clock.elapsedMs).toBe(15_100);
});

test.each([
  ['the same time again', start, start],
  ['a jump back', start - 3_600_000, start - 3_600_000],
  ['no time at all', Number.NaN, start],
  ['a time before 1970', -5, 0],
])('never goes back on %s', (_, time, at) => {
  const clock = new FrameClock();
  clock.step(start);

  expect(clock.step(time)).toEqual({ at, elapsedMs: 0, watchedMs: 0 });
  expect(clock.step(at + 200).elapsedMs).toBe(200);
});
