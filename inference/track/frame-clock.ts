/** How much time one frame stands for. */
export interface Step {
  /** When it was captured; a whole number of milliseconds. */
  at: number;
  /** Since the frame before; never negative. */
  elapsedMs: number;
  /** Of that, how much was watched: nobody knows what happened in a long gap. */
  watchedMs: number;
}

/** A gap counts as no more than this of watching. */
const longestWatchMs = 1_000;

/** Turns capture times, which may repeat, jump back with somebody's clock or be no number, into steps. */
export class FrameClock {
  #lastAt: number | undefined;
  #elapsedMs = 0;

  /** Time since the first frame. */
  get elapsedMs(): number {
    return this.#elapsedMs;
  }

  step(capturedAt: number): Step {
    const at = Number.isFinite(capturedAt) ? Math.max(0, Math.round(capturedAt)) : (this.#lastAt ?? 0);
    const elapsedMs = Math.max(0, at - (this.#lastAt ?? at));
    this.#lastAt = at;
    this.#elapsedMs += elapsedMs;
    return { at, elapsedMs, watchedMs: Math.min(elapsedMs, longestWatchMs) };
  }
}
