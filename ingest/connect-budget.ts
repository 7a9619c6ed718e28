import type { Clock } from '../core/runtime/clock.ts';

export interface ConnectBudgetOptions {
  clock: Clock;
  /** Connections that an installation may open at once after a rest. */
  burst: number;
  /** Connections a second beyond that. */
  perSecond: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
  /** Ends when everybody who asked before has been served. */
  queue: Promise<void>;
  waiting: number;
}

/**
 * A token bucket for each installation, so that a switch that comes back does not bring all its cameras in one burst.
 * Who asks first is served first; as many wait as there are cameras.
 */
export class ConnectBudget {
  readonly #options: ConnectBudgetOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: ConnectBudgetOptions) {
    this.#options = options;
  }

  /** Cameras of the installation that wait for their turn. */
  waiting(installation: string): number {
    return this.#buckets.get(installation)?.waiting ?? 0;
  }

  /** Resolves when the installation may open one more connection, or when `signal` aborts. */
  async acquire(installation: string, signal: AbortSignal): Promise<void> {
    const { burst, clock } = this.#options;
    const bucket = this.#buckets.get(installation) ?? {
      tokens: burst,
      filledAt: clock.monotonic(),
      queue: Promise.resolve(),
      waiting: 0,
    };
    this.#buckets.set(installation, bucket);
    bucket.waiting++;
    bucket.queue = bucket.queue.then(() => this.#take(bucket, signal));
    await bucket.queue;
    bucket.waiting--;
    this.#forgetRested();
  }

  async #take(bucket: Bucket, signal: AbortSignal): Promise<void> {
    const { clock, perSecond } = this.#options;
    for (;;) {
      if (signal.aborted) return;
      this.#fill(bucket);
      if (bucket.tokens >= 1) {
        bucket.tokens--;
        return;
      }
      await clock.sleep(Math.ceil(((1 - bucket.tokens) / perSecond) * 1000), signal);
    }
  }

  #fill(bucket: Bucket): void {
    const { burst, clock, perSecond } = this.#options;
    const now = clock.monotonic();
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = now;
  }

  /** A full bucket knows nothing that a new one would not. */
  #forgetRested(): void {
    for (const [installation, bucket] of this.#buckets) {
      this.#fill(bucket);
      if (bucket.waiting === 0 && bucket.tokens >= this.#options.burst) this.#buckets.delete(installation);
    }
  }
}
