/** A worker's start and a burst of activity say little about what its cameras take. */
const memoryMs = 30_000;
const microsecondsPerMs = 1000;

/** What the process really uses of the machine's cores, in the mean over about half a minute. */
export class CpuMeter {
  readonly #usedMicroseconds: () => number;
  #before: { at: number; used: number };
  #cores = 0;

  /** `usedMicroseconds`: processor time of all threads since the process began. */
  constructor(usedMicroseconds: () => number, now: number) {
    this.#usedMicroseconds = usedMicroseconds;
    this.#before = { at: now, used: usedMicroseconds() };
  }

  get cores(): number {
    return this.#cores;
  }

  /** To be called every second or so; `now` in monotonic milliseconds. */
  sample(now: number): void {
    const elapsedMs = now - this.#before.at;
    if (!(elapsedMs > 0)) return;
    const used = this.#usedMicroseconds();
    const lately = (used - this.#before.used) / microsecondsPerMs / elapsedMs;
    this.#before = { at: now, used };
    this.#cores += (1 - Math.exp(-elapsedMs / memoryMs)) * (lately - this.#cores);
  }
}
