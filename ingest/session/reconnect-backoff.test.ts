import { expect, test } from 'vitest';
import type { CameraCause } from '../../core/schema/health.ts';
import { reconnectDelayMs } from './reconnect-backoff.ts';

const longest = (failures: number, cause?: CameraCause): number => reconnectDelayMs(failures, cause, () => 1);

test.each<[CameraCause | undefined, number[]]>([
  [undefined, [1_000, 2_000, 4_000, 30_000]],
  ['unreachable', [1_000, 2_000, 4_000, 30_000]],
  ['not-found', [5_000, 10_000, 20_000, 60_000]],
  ['unauthorised', [30_000, 60_000, 120_000, 600_000]],
])('waits longer and longer after %s', (cause, delays) => {
  expect([1, 2, 3, 20].map((failures) => longest(failures, cause))).toEqual(delays);
});

test('spreads delays from a tenth to the whole', () => {
  expect(reconnectDelayMs(20, 'stalled', () => 0)).toBe(3_000);
});
