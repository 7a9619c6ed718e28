import { type BackoffOptions, backoffDelayMs } from '../../core/runtime/backoff.ts';
import type { CameraCause } from '../../core/schema/health.ts';

const usual: BackoffOptions = { baseMs: 1_000, maxMs: 30_000 };
/** Nothing but a person mends these: a configuration, a setting of the camera. */
const settled: BackoffOptions = { baseMs: 5_000, maxMs: 60_000 };
/** Cameras lock an account after five to seven wrong passwords, mostly for half an hour. */
const locking: BackoffOptions = { baseMs: 30_000, maxMs: 600_000 };

const ladders: ReadonlyMap<CameraCause, BackoffOptions> = new Map<CameraCause, BackoffOptions>([
  ['unauthorised', locking],
  ['not-found', settled],
  ['no-video', settled],
  ['unsupported-codec', settled],
  ['address-forbidden', settled],
  ['no-capacity', settled],
]);

/** How long to wait before attempt `failures` (1 is the first retry), with full jitter. */
export const reconnectDelayMs = (
  failures: number,
  cause: CameraCause | undefined,
  random: () => number,
): number => {
  const ladder = (cause && ladders.get(cause)) ?? usual;
  return backoffDelayMs(Math.max(0, failures - 1), { ...ladder, random });
};
