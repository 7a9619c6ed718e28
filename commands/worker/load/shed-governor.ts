/** Pressure at which there is too much work, and below which there is room for more. */
const tooHigh = 1;
const calm = 0.85;
/** At twice the limit steps follow each other without waiting for what they do. */
const alarming = 2;
/** A single bad second is no overload, however bad. */
const patienceMs = 2_000;
const alarmedPatienceMs = 1_000;
/** A step takes this long to show. */
const settleMs = 3_000;
/** Calm for so long, and a step is taken back; twice as long each time that proves too early. */
const restoreMs = 5_000;
const longestRestoreMs = 160_000;
/** Overload this soon after a step back came of it. */
const relapseMs = 30_000;

/** Decides how many steps of the declared order are taken: one at a time, and back more slowly. */
export class ShedGovernor {
  #level = 0;
  #highSince: number | undefined;
  #calmSince: number | undefined;
  #steppedAt = Number.NEGATIVE_INFINITY;
  #restoredAt = Number.NEGATIVE_INFINITY;
  #restoreMs = restoreMs;

  /** How many steps are taken now. */
  get level(): number {
    return this.#level;
  }

  /** To be called every second with the highest pressure; `levels` are those that would change anything, ascending. */
  decide(pressure: number, levels: readonly number[], now: number): number {
    const isHigh = pressure >= tooHigh;
    this.#highSince = isHigh ? (this.#highSince ?? now) : undefined;
    this.#calmSince = pressure < calm ? (this.#calmSince ?? now) : undefined;
    if (this.#highSince !== undefined) this.#shed(now - this.#highSince, pressure, levels, now);
    else if (this.#calmSince !== undefined) this.#restore(now - this.#calmSince, levels, now);
    return this.#level;
  }

  #shed(highMs: number, pressure: number, levels: readonly number[], now: number): void {
    const isAlarming = pressure >= alarming;
    if (highMs < (isAlarming ? alarmedPatienceMs : patienceMs)) return;
    if (!isAlarming && now - this.#steppedAt < settleMs) return;
    const next = levels.find((level) => level > this.#level);
    if (next === undefined) return;
    if (now - this.#restoredAt < relapseMs) this.#restoreMs = Math.min(longestRestoreMs, 2 * this.#restoreMs);
    else if (this.#level === 0) this.#restoreMs = restoreMs;
    this.#restoredAt = Number.NEGATIVE_INFINITY;
    this.#level = next;
    this.#steppedAt = now;
  }

  #restore(calmMs: number, levels: readonly number[], now: number): void {
    if (this.#level === 0 || calmMs < this.#restoreMs || now - this.#steppedAt < this.#restoreMs) return;
    this.#level = levels.findLast((level) => level < this.#level) ?? 0;
    this.#steppedAt = now;
    this.#restoredAt = now;
  }
}
