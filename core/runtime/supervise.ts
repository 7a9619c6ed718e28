import type { Logger } from '../log.ts';
import { type BackoffOptions, backoffDelayMs } from './backoff.ts';
import type { Clock } from './clock.ts';

export interface SuperviseOptions {
  name: string;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
  backoff: BackoffOptions;
  /** A run that lasted this long was healthy: the next delay starts from the beginning. */
  healthyAfterMs: number;
  onRestart?: (attempt: number, reason: unknown) => void;
}

/**
 * Runs `attempt` again and again until `signal` aborts, waiting a jittered, growing time between attempts.
 * An attempt makes one try and returns or throws when it cannot go on; it never retries by itself.
 */
export const supervise = async (
  attempt: (signal: AbortSignal) => Promise<void>,
  { name, clock, log, signal, backoff, healthyAfterMs, onRestart }: SuperviseOptions,
): Promise<void> => {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = clock.monotonic();
    const reason = await attempt(signal).then(
      () => 'ended',
      (error: unknown) => error,
    );
    if (signal.aborted) return;
    failures = clock.monotonic() - startedAt >= healthyAfterMs ? 1 : failures + 1;
    const delayMs = backoffDelayMs(failures - 1, backoff);
    log.warn({ service: name, failures, delayMs: Math.round(delayMs), err: reason }, 'restarting');
    onRestart?.(failures, reason);
    await clock.sleep(delayMs, signal);
  }
};
