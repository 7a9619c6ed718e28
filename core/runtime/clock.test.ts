import { expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { backoffDelayMs } from './backoff.ts';
import { runEvery, systemClock } from './clock.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { supervise } from './supervise.ts';

const log = createLogger({ level: 'silent' });

test('a sleep ends early and quietly when it is aborted', async () => {
  const stopping = new AbortController();
  const sleeping = systemClock.sleep(60_000, stopping.signal);
  stopping.abort();

  await expect(sleeping).resolves.toBeUndefined();
});

test('repeats work until it is told to stop', async () => {
  const clock = new SimulatedClock();
  const stopping = new AbortController();
  let runs = 0;
  const running = runEvery(clock, 1000, stopping.signal, () => {
    runs++;
  });
  await clock.advance(3500);
  stopping.abort();
  await running;

  expect(runs).toBe(3);
});

test('back-off grows, stays below its ceiling and is spread', () => {
  const options = { baseMs: 100, maxMs: 5000 };

  expect(backoffDelayMs(0, { ...options, random: () => 0 })).toBe(10);
  expect(backoffDelayMs(3, { ...options, random: () => 0.999_999 })).toBeCloseTo(800, 1);
  expect(backoffDelayMs(1000, { ...options, random: () => 0.999_999 })).toBeCloseTo(5000, 0);
});

test('restarts what ends, later each time, and from the beginning after a healthy run', async () => {
  const clock = new SimulatedClock();
  const stopping = new AbortController();
  const startedAt: number[] = [];
  const running = supervise(
    async (signal) => {
      startedAt.push(clock.monotonic());
      if (startedAt.length === 3) await clock.sleep(10_000, signal);
    },
    {
      name: 'thing',
      clock,
      log,
      signal: stopping.signal,
      backoff: { baseMs: 1000, maxMs: 60_000, random: () => 1 },
      healthyAfterMs: 5000,
    },
  );
  await clock.advance(15_000);
  stopping.abort();
  await running;

  expect(startedAt).toEqual([0, 1000, 3000, 14_000]);
});
