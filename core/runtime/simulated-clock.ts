import type { Clock } from './clock.ts';

interface Sleeper {
  wakeAt: number;
  wake: () => void;
  /** Lets go of the signal that could have woken it. */
  forget: () => void;
}

/** A clock that only moves when told to. `now` and `monotonic` move together unless `jump` sets the wall clock. */
export class SimulatedClock implements Clock {
  #elapsed = 0;
  #wallOffset: number;
  #sleepers: Sleeper[] = [];

  constructor(startAt = Date.UTC(2026, 0, 5, 12)) {
    this.#wallOffset = startAt;
  }

  now(): number {
    return this.#wallOffset + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const onAbort = (): void => this.#wake(sleeper);
      const forget = (): void => signal?.removeEventListener('abort', onAbort);
      const sleeper: Sleeper = { wakeAt: this.#elapsed + ms, wake: resolve, forget };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', onAbort);
    });
  }

  /** Number of sleeps that nobody has woken yet. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves time forward, waking sleepers in order and letting each one's work run before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    for (;;) {
      await settle();
      const next = this.#sleepers.filter((s) => s.wakeAt <= until).sort((a, b) => a.wakeAt - b.wakeAt)[0];
      if (!next) break;
      this.#elapsed = Math.max(this.#elapsed, next.wakeAt);
      this.#wake(next);
    }
    this.#elapsed = until;
    await settle();
  }

  /** Sets the wall clock off by `ms`, as an operator or NTP would. */
  jump(ms: number): void {
    this.#wallOffset += ms;
  }

  #wake(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.filter((s) => s !== sleeper);
    sleeper.forget();
    sleeper.wake();
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
};
