/** Seconds over which rates are told. */
const windowSeconds = 5;

/** Sums amounts over the last five seconds, in one bucket a second. */
export class RateWindow {
  readonly #buckets = new Array<number>(windowSeconds + 1).fill(0);
  #second: number | undefined;
  #startedMs: number | undefined;

  add(nowMs: number, amount = 1): void {
    this.#turnTo(nowMs);
    const index = Math.floor(nowMs / 1000) % this.#buckets.length;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + amount;
  }

  /** Amount a second over the last full seconds; over less while it is younger. */
  perSecond(nowMs: number): number {
    this.#turnTo(nowMs);
    const sum = this.#buckets.reduce((total, amount) => total + amount, 0);
    const ageSeconds = (nowMs - (this.#startedMs ?? nowMs)) / 1000;
    const covered = windowSeconds + (nowMs / 1000 - Math.floor(nowMs / 1000));
    return sum / Math.max(1, Math.min(covered, ageSeconds));
  }

  #turnTo(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    this.#startedMs ??= nowMs;
    const from = this.#second ?? second;
    for (let next = from + 1; next <= Math.min(second, from + this.#buckets.length); next++) {
      this.#buckets[next % this.#buckets.length] = 0;
    }
    this.#second = Math.max(from, second);
  }
}
