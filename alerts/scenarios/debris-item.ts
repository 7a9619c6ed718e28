import type { Box } from '../../core/schema/geometry.ts';
import { boxContainment, boxIou, hiddenShare } from './geometry.ts';
import type { Scene } from './scene.ts';
import type { Ongoing } from './watch.ts';

/** Boxes of one thing, which changes its outline when somebody has stood before it. */
const sameIou = 0.3;
const sameContainment = 0.6;
/** A thing that lies this much inside a detection's box is that object, or is hidden by it. */
const covered = 0.5;
/** Looks of the detector that found nothing there before it is believed that it is nothing it knows. */
const minLooks = 3;

/** Something that lies in the zone and was not there before. */
export class DebrisItem {
  box: Box;
  /** Set once it was alerted to. */
  situation: Ongoing | undefined;
  /**
   * What was there when the pictures' background began anew is part of that: it cannot be seen to lie there any more,
   * only to have gone.
   */
  isBuried: boolean;
  #stillMs = 0;
  /** As long had it lain there when the detector last saw something in its place. */
  #coveredMs = 0;
  #looks = 0;
  #absentMs = 0;
  #isCovered = false;

  constructor(box: Box, situation?: Ongoing) {
    this.box = box;
    this.situation = situation;
    this.isBuried = situation !== undefined;
  }

  isAt(box: Box): boolean {
    return boxIou(this.box, box) >= sameIou || boxContainment(this.box, box) >= sameContainment;
  }

  /** It was in the picture's new and still parts. */
  hold(box: Box, stillMs: number): void {
    // It was merged with something else, and began anew.
    if (stillMs < this.#stillMs) this.#coveredMs = 0;
    this.box = box;
    this.#stillMs = stillMs;
    this.#absentMs = 0;
    this.isBuried = false;
  }

  /** It was not; `passedMs` since the picture before. What is hidden is not gone. */
  miss(passedMs: number): void {
    if (!this.isBuried && !this.#isCovered) this.#absentMs += passedMs;
  }

  look({ tracks }: Scene): void {
    this.#isCovered = tracks.some((track) => hiddenShare(this.box, track.box) >= covered);
    this.#looks = this.#isCovered ? 0 : this.#looks + 1;
    if (this.#isCovered) this.#coveredMs = this.#stillMs;
  }

  /** How long it has lain there for all to see. */
  get dwellMs(): number {
    return this.#stillMs - this.#coveredMs;
  }

  /** The detector has looked at it and knows nothing like it. */
  get isUnknown(): boolean {
    return this.#looks >= minLooks;
  }

  get isPresent(): boolean {
    return this.#absentMs === 0 && !this.isBuried;
  }

  isGoneFor(ms: number): boolean {
    return this.#absentMs >= ms;
  }
}
