/** What a decoder says when a picture carries no time. */
const noPts = -9223372036854775808n;
/** 25 pictures a second, where the file does not say how many it has. */
const usualIntervalUs = 40_000;

export interface Ratio {
  num: number;
  den: number;
}

/** A clip's own time in microseconds: 0 at its first picture, and never the same or less at a later one. */
export class ClipTimes {
  readonly #tickUs: number;
  readonly #intervalUs: number;
  #zeroUs: number | undefined;
  #lastUs: number | undefined;

  constructor(timeBase: Ratio, frameRate: Ratio) {
    this.#tickUs = timeBase.den > 0 ? (timeBase.num * 1e6) / timeBase.den : 0;
    this.#intervalUs =
      frameRate.num > 0 && frameRate.den > 0 ? (frameRate.den * 1e6) / frameRate.num : usualIntervalUs;
  }

  /** The time of the next picture, whose stamp is `pts`. One that is missing or goes back is made up. */
  next(pts: bigint): number {
    const stampUs = pts === noPts ? undefined : Number(pts) * this.#tickUs;
    this.#zeroUs ??= stampUs;
    const sinceUs = Math.round((stampUs ?? Number.NEGATIVE_INFINITY) - (this.#zeroUs ?? 0));
    const isForward = sinceUs > (this.#lastUs ?? -1);
    const ptsUs = isForward ? sinceUs : Math.round((this.#lastUs ?? -this.#intervalUs) + this.#intervalUs);
    this.#lastUs = ptsUs;
    return ptsUs;
  }
}
