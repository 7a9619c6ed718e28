import { setTimeout as delay } from 'node:timers/promises';

/** Time, so that tests can hold it still. Both readings are milliseconds. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. May jump when somebody sets the machine's clock. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes backwards. For ages and deadlines. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  },
};

/** Calls `work` every `periodMs` until `signal` aborts; a run that takes longer delays the next one. */
export const runEvery = async (
  clock: Clock,
  periodMs: number,
  signal: AbortSignal,
  work: () => void | Promise<void>,
): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(periodMs, signal);
    if (!signal.aborted) await work();
  }
};
