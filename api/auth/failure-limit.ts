import type { Clock } from '../../core/runtime/clock.ts';

export interface FailureLimitOptions {
  clock: Clock;
  /** Failures that are forgiven. */
  allowed: number;
  /** How long the first lock lasts; each further failure doubles it. */
  lockMs: number;
  maxLockMs: number;
  /** Keys remembered; the one that failed longest ago is forgotten first. */
  maxKeys: number;
}

interface Failures {
  count: number;
  lockedUntil: number;
  lastAt: number;
}

/** Counts failures by key and locks a key that fails too often, for longer and longer. */
export class FailureLimit {
  readonly #options: FailureLimitOptions;
  /** In order of the last failure, the oldest first. */
  readonly #failures = new Map<string, Failures>();

  constructor(options: FailureLimitOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#failures.size;
  }

  /** Milliseconds for which the key is still locked; 0 when it is not. */
  lockedForMs(key: string): number {
    const until = this.#failures.get(key)?.lockedUntil ?? 0;
    return Math.max(0, until - this.#options.clock.monotonic());
  }

  /** Takes note of a failure. */
  fail(key: string): void {
    const { clock, allowed, lockMs, maxLockMs, maxKeys } = this.#options;
    const now = clock.monotonic();
    const before = this.#failures.get(key);
    const isForgotten = before !== undefined && now - before.lastAt > maxLockMs;
    const count = before === undefined || isForgotten ? 1 : before.count + 1;
    const beyond = count - allowed;
    const lock = beyond < 0 ? 0 : Math.min(maxLockMs, lockMs * 2 ** Math.min(beyond, 20));
    this.#failures.delete(key);
    this.#failures.set(key, { count, lockedUntil: now + lock, lastAt: now });
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= maxKeys) break;
      this.#failures.delete(oldest);
    }
  }

  /** Forgets a key's failures. */
  succeed(key: string): void {
    this.#failures.delete(key);
  }
}
