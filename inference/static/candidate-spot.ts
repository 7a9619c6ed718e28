import type { Spot } from './spot.ts';

/** So long, so often, and in so many of the looks a weak box must have recurred before it is believed to be nothing. */
const learnMs = 20_000;
const learnHits = 20;
const learnShare = 0.5;
/** After this many looks what recurs in fewer than this share of them is given up. */
const trialLooks = 10;
const trialShare = 0.3;

/** A spot of which it is not known yet what it is. */
export class CandidateSpot {
  readonly spot: Spot;
  #looks = 1;
  #watchedMs = 0;

  constructor(spot: Spot) {
    this.spot = spot;
  }

  /** Counts a frame, whether or not anything is seen here in it. */
  look(watchedMs: number): void {
    this.#looks += 1;
    this.#watchedMs += watchedMs;
  }

  get isLearnt(): boolean {
    const { hits, isHardlyEverSure } = this.spot;
    const isFirm = hits >= learnHits && hits >= learnShare * this.#looks;
    return isFirm && this.#watchedMs >= learnMs && isHardlyEverSure;
  }

  get isGivenUp(): boolean {
    return this.#looks >= trialLooks && this.spot.hits < trialShare * this.#looks;
  }
}
