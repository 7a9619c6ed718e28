import type { Strain } from './pressure.ts';

/** Strain at which there is too much work, and below which there is room for more. */
const tooHigh = 1;
const calm = 0.85;
/** At twice the limit shares follow each other without waiting for what they do, for as long as it grows worse. */
const alarming = 2;
/** A single bad second is no overload, however bad. */
const patienceMs = 2_000;
const alarmedPatienceMs = 1_000;
/** Cameras that wake together and look back fill a machine for some seconds; ten were seen on one near its end. */
const fullPatienceMs = 30_000;
/** A share takes this long to show. */
const settleMs = 3_000;
/** Calm for so long, and shares are taken back; twice as long each time that proves too early, half as long when it held. */
const restoreMs = 5_000;
const longestRestoreMs = 20_000;
/** Overload this soon after shares were taken back came of it; later it came of what else happens. */
const relapseMs = 10_000;
/** Seconds over which fullness is taken as a mean: a burst that fills a machine for two leaves room for more. */
const meanSeconds = 5;
/** Shares at a time; where there are few cameras, one of them. */
const alarmedShares = 2;
/** Cameras that were dormant look back when they are restored. */
const mostRestored = 4;

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

/** How many of `taken` shares there is room for: what all of them keep back is taken to be dealt out evenly over them. */
const restorable = (taken: number, fullness: number, withheld: number): number => {
  const fitting = withheld > 0 ? Math.floor((taken * (calm - fullness)) / withheld) : taken;
  return Math.min(mostRestored, Math.max(1, fitting));
};

/** Decides how many shares of the declared order's steps are taken: a few at a time, and back more slowly. */
export class ShedGovernor {
  readonly #late = new Spell();
  readonly #full = new Spell();
  readonly #calm = new Spell();
  /** Of the last seconds. */
  #strains: Strain[] = [];
  #level = 0;
  #steppedAt = Number.NEGATIVE_INFINITY;
  #restoredAt = Number.NEGATIVE_INFINITY;
  #restoreMs = restoreMs;

  /** How many shares are taken now. */
  get level(): number {
    return this.#level;
  }

  /** To be called every second with the worker's strain; `levels` are those that would change anything, ascending. */
  decide(strain: Strain, levels: readonly number[], now: number): number {
    const { lateness, fullness } = strain;
    const isEasing = lateness < (this.#strains.at(-1)?.lateness ?? 0);
    this.#strains = [...this.#strains, strain].slice(-meanSeconds);
    const meanFullness = mean(this.#strains.map((each) => each.fullness));
    const isAlarming = lateness >= alarming;
    const lateMs = this.#late.lasted(lateness >= tooHigh, now);
    const fullMs = this.#full.lasted(fullness >= tooHigh, now);
    const calmMs = this.#calm.lasted(Math.max(lateness, meanFullness) < calm, now);
    const isTooMuch = lateMs >= (isAlarming ? alarmedPatienceMs : patienceMs) || fullMs >= fullPatienceMs;
    if (isTooMuch) this.#shed(isAlarming && !isEasing, levels, now);
    else if (calmMs >= this.#restoreMs) this.#restore(meanFullness, levels, now);
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

  #restore(fullness: number, levels: readonly number[], now: number): void {
    if (this.#level === 0 || now - this.#steppedAt < this.#restoreMs) return;
    const lower = [0, ...levels.filter((level) => level < this.#level)];
    const hasHeld = Number.isFinite(this.#restoredAt);
    if (hasHeld) this.#restoreMs = Math.max(restoreMs, this.#restoreMs / 2);
    const withheld = mean(this.#strains.map((each) => each.withheld));
    const shares = restorable(lower.length, fullness, withheld);
    this.#level = lower.find((level) => level >= this.#level - shares) ?? lower.at(-1) ?? 0;
    this.#steppedAt = now;
    this.#restoredAt = now;
  }
}
