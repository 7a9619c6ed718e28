/** The most a limit may ask for; beyond it the oldest are no longer counted. */
const maxTimes = 100_000;

/** How many crossed within a span of time that ends now, on the scene's time line. */
export class CrossingCount {
  readonly #withinMs: number;
  #times: number[] = [];

  constructor(withinMs: number) {
    this.#withinMs = withinMs;
  }

  /** Takes in those of one look; gives how many there are then. */
  note(crossings: readonly { at: number }[], now: number): number {
    const first = this.#times.findIndex((at) => now - at <= this.#withinMs);
    if (first !== 0) this.#times = first < 0 ? [] : this.#times.slice(first);
    for (const { at } of crossings) this.#times.push(at);
    if (this.#times.length > maxTimes) this.#times = this.#times.slice(-maxTimes);
    return this.count;
  }

  /** As of the last look. */
  get count(): number {
    return this.#times.length;
  }

  /** When the first of them crossed. */
  get since(): number {
    return this.#times[0] ?? 0;
  }

  clear(): void {
    this.#times = [];
  }
}
