import { type AppError, type ErrorKind, toAppError } from '../../core/errors.ts';
import { type BackoffOptions, backoffDelayMs } from '../../core/runtime/backoff.ts';
import type { Clock } from '../../core/runtime/clock.ts';

/** Something that is tried until it succeeds or it is too late. */
export interface Errand {
  /** By the wall clock; no try begins later. */
  giveUpAt: number;
  /** One try; throws when it failed. */
  attempt(signal: AbortSignal): Promise<void>;
  onDone(): void;
  /** It came to nothing, for this reason. */
  onFailed(reason: AppError): void;
}

export interface RetryLaneOptions {
  clock: Clock;
  /** Tries at the same time. */
  concurrency: number;
  maxWaiting: number;
  backoff: BackoffOptions;
}

interface Waiting {
  errand: Errand;
  failures: number;
  /** By the monotonic clock. */
  dueAt: number;
}

const hopelessKinds: ReadonlySet<ErrorKind> = new Set(['invalid', 'forbidden']);

/** The errands to one other side: a few at a time, each with a back-off of its own, so that none holds up another. */
export class RetryLane {
  readonly #options: RetryLaneOptions;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #waiting: Waiting[] = [];
  #nudge = new AbortController();

  constructor(options: RetryLaneOptions) {
    this.#options = options;
  }

  /** False when too many wait already. */
  add(errand: Errand): boolean {
    if (this.#closing.signal.aborted || this.#waiting.length >= this.#options.maxWaiting) return false;
    this.#waiting.push({ errand, failures: 0, dueAt: this.#options.clock.monotonic() });
    this.#pump();
    return true;
  }

  /** What is under way is broken off, and nothing is said of it: whoever starts next begins again. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#nudge.abort();
    await Promise.all(this.#running);
  }

  #pump(): void {
    const { clock, concurrency } = this.#options;
    if (this.#closing.signal.aborted) return;
    while (this.#running.size < concurrency) {
      const index = this.#waiting.findIndex(({ dueAt }) => dueAt <= clock.monotonic());
      const [next] = index < 0 ? [] : this.#waiting.splice(index, 1);
      if (!next) break;
      const run = this.#try(next).finally(() => {
        this.#running.delete(run);
        this.#pump();
      });
      this.#running.add(run);
    }
    this.#awaitNextDue();
  }

  #awaitNextDue(): void {
    const { clock, concurrency } = this.#options;
    this.#nudge.abort();
    if (this.#waiting.length === 0 || this.#running.size >= concurrency) return;
    const nudge = new AbortController();
    this.#nudge = nudge;
    const dueAt = Math.min(...this.#waiting.map((waiting) => waiting.dueAt));
    void clock.sleep(Math.max(1, dueAt - clock.monotonic()), nudge.signal).then(() => {
      if (!nudge.signal.aborted) this.#pump();
    });
  }

  async #try(waiting: Waiting): Promise<void> {
    const { clock, backoff } = this.#options;
    const { errand } = waiting;
    try {
      await errand.attempt(this.#closing.signal);
    } catch (thrown) {
      if (this.#closing.signal.aborted) return;
      const reason = toAppError(thrown);
      const delayMs = backoffDelayMs(waiting.failures++, backoff);
      const isTooLate = clock.now() + delayMs > errand.giveUpAt;
      if (isTooLate || hopelessKinds.has(reason.kind)) errand.onFailed(reason);
      else this.#waiting.push({ ...waiting, dueAt: clock.monotonic() + delayMs });
      return;
    }
    errand.onDone();
  }
}
