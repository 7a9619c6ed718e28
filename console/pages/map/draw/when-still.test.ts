import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whenStill } from './when-still.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Work that takes so long. */
const working = (tookMs = 0) => {
  const work = vi.fn(() => {
    vi.advanceTimersByTime(tookMs);
  });
  return { work, still: whenStill(work) };
};

test('what is asked for many times is done once', () => {
  const { work, still } = working();
  for (let count = 0; count < 5; count++) still.request();
  vi.advanceTimersByTime(1);

  expect(work).toHaveBeenCalledTimes(1);
});

test('it waits until nothing moves', () => {
  const { work, still } = working();
  still.moving(true);
  still.request();
  vi.advanceTimersByTime(3000);
  expect(work).not.toHaveBeenCalled();

  still.moving(false);
  vi.advanceTimersByTime(1);
  expect(work).toHaveBeenCalledTimes(1);
});

test('somebody who never stops moving sees it nevertheless', () => {
  const { work, still } = working();
  still.moving(true);
  still.request();
  vi.advanceTimersByTime(4001);

  expect(work).toHaveBeenCalledTimes(1);
});

test('costly work takes a tenth of the time at most', () => {
  const { work, still } = working(100);
  still.request();
  vi.advanceTimersByTime(1);
  for (let ms = 0; ms < 3000; ms += 50) {
    still.request();
    vi.advanceTimersByTime(50);
  }

  expect(work.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(work.mock.calls.length).toBeLessThanOrEqual(5);
});

test('what is closed does nothing more', () => {
  const { work, still } = working();
  still.request();
  still.close();
  vi.advanceTimersByTime(10_000);

  expect(work).not.toHaveBeenCalled();
});
