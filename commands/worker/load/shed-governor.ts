import type { Strain } from './pressure.ts';

/** Strain at which there is too much work, below which there is room for more, and below which there is plenty. */
const tooHigh = 1;
const calm = 0.85;
const idle = 0.6;
/** At twice the limit shares follow each other without waiting for what they do. */
const alarming = 2;
/** A single bad second is no overload, however bad. */
const patienceMs = 2_000;
const alarmedPatienceMs = 1_000;
/** Cameras that wake together and look back fill a machine for some seconds; ten were seen on one near its end. */
const fullPatienceMs = 30_000;
/** A share takes this long to show. */
const settleMs = 3_000;
/** Calm for so long, and a share is taken back; twice as long each time that proves too early. */
const restoreMs = 5_000;
const longestRestoreMs = 40_000;
/** Overload this soon after a share was taken back came of it. */
const relapseMs = 30_000;
/** Seconds over which fullness is taken as a mean: a burst that fills a machine for two leaves room for more. */
const meanSeconds = 5;
/** Shares at a time; where there are few cameras, one of them. */
const alarmedShares = 2;
const idleShares = 4;

/** Since when something has been so; never, while it is not. */
class Spell {
  #since = Number.POSITIVE_INFINITY;

  /** How long it has been so, in milliseconds; below zero while it is not. */
  lasted(isSo: boolean, now: number): number {
    this.#since = isSo ? Math.min(this.#since, now) : Number.POSITIVE_INFINITY;
    return isSo ? now - this.#since : -1;
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Decides how many shares of the declared order's steps are taken: a few at a time, and back more slowly. */
export class ShedGovernor {
  readonly #late = new Spell();
  readonly #full = new Spell();
  readonly #calm = new Spell();
  /** Of the last seconds. */
  #fullnesses: number[] = [];
  #level = 0;
  #steppedAt = Number.NEGATIVE_INFINITY;
  #restoredAt = Number.NEGATIVE_INFINITY;
  #restoreMs = restoreMs;

  /** How many shares are taken now. */
  get level(): number {
    return this.#level;
  }

  /** To be called every second with the worker's strain; `levels` are those that would change anything, ascending. */
  decide({ lateness, fullness }: Strain, levels: readonly number[], now: number): number {
    this.#fullnesses = [...this.#fullnesses, fullness].slice(-meanSeconds);
    const highest = Math.max(lateness, mean(this.#fullnesses));
    const isAlarming = lateness >= alarming;
    const lateMs = this.#late.lasted(lateness >= tooHigh, now);
    const fullMs = this.#full.lasted(fullness >= tooHigh, now);
    const calmMs = this.#calm.lasted(highest < calm, now);
    const isTooMuch = lateMs >= (isAlarming ? alarmedPatienceMs : patienceMs) || fullMs >= fullPatienceMs;
    if (isTooMuch) this.#shed(isAlarming, levels, now);
    else if (calmMs >= this.#restoreMs) this.#restore(highest < idle ? idleShares : 1, levels, now);
    return this.#level;
  }

  #shed(isAlarming: boolean, levels: readonly number[], now: number): void {
    if (!isAlarming && now - this.#steppedAt < settleMs) return;
    const [next, ...others] = levels.filter((level) => level > this.#level);
    if (next === undefined) return;
    const furthest = this.#level + (isAlarming ? alarmedShares : 1);
    if (now - this.#restoredAt < relapseMs) this.#restoreMs = Math.min(longestRestoreMs, 2 * this.#restoreMs);
    else if (this.#level === 0) this.#restoreMs = restoreMs;
    this.#restoredAt = Number.NEGATIVE_INFINITY;
    this.#level = others.findLast((level) => level <= furthest) ?? next;
    this.#steppedAt = now;
  }

  #restore(shares: number, levels: readonly number[], now: number): void {
    if (this.#level === 0 || now - this.#steppedAt < this.#restoreMs) return;
    const lower = [0, ...levels.filter((level) => level < this.#level)];
    this.#level = lower.find((level) => level >= this.#level - shares) ?? lower.at(-1) ?? 0;
    this.#steppedAt = now;
    this.#restoredAt = now;
  }
}
