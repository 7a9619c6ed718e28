import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { openLoopMonitor } from './loop-load.ts';

const block = (ms: number): void => {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
};

test('sees that the loop was held up, and forgets it once it was told', async () => {
  const monitor = openLoopMonitor();
  await systemClock.sleep(50);
  block(200);
  await systemClock.sleep(50);
  const held = monitor.take();
  const after = monitor.take();
  monitor.close();

  expect(held.delayP99Ms).toBeGreaterThan(100);
  expect(held.busyShare).toBeGreaterThan(0);
  expect(after.delayP99Ms).toBeLessThan(held.delayP99Ms);
});

test('gives numbers from the first moment on', () => {
  const monitor = openLoopMonitor();
  const { delayP99Ms, busyShare } = monitor.take();
  monitor.close();

  expect(delayP99Ms).toBe(0);
  expect(busyShare).toBeGreaterThanOrEqual(0);
  expect(busyShare).toBeLessThanOrEqual(1);
});
