/** A track may live this long on weak boxes from the start. */
const startMs = 2_000;
/** Each watched second in which the model was sure buys this many on weak boxes. */
const earnings = 2;
const mostMs = 600_000;

/**
 * How long a track may still live on boxes that could not have started it. Without this a sign that once, for
 * one frame, looked like a person would be a person for ever: weak boxes would hold its track.
 */
export class Credit {
  #leftMs = startMs;

  get isUsedUp(): boolean {
    return this.#leftMs < 0;
  }

  /** Counts `watchedMs` for or against, by whether the model was sure. */
  count(isSure: boolean, watchedMs: number): void {
    this.#leftMs = Math.min(mostMs, this.#leftMs + (isSure ? earnings : -1) * watchedMs);
  }
}
