import type { Detection } from '../../core/schema/detection.ts';
import type { Box } from '../../core/schema/geometry.ts';
import type { Track } from '../../core/stages.ts';
import { toLabelGroup } from '../label-group.ts';
import { boxIou } from '../track/box.ts';
import type { StaticSpot } from './static-spot.ts';

/** Boxes that overlap by this much are drawn at the very same spot: a pixel beside it, no more. */
const sameSpotIou = 0.6;
/** A track whose box overlaps a spot by this much may be what is seen there. */
const coverIou = 0.5;
/** A spot's box follows what is drawn there slowly. */
const boxGain = 0.05;
/** Counts are halved beyond this many, so that the last minutes say whether a spot is still what it was. */
const countedHits = 600;
/** What is sure in more than this share of its boxes is a real object, badly lit. */
const mostSureShare = 0.05;

const follow = (from: Box, to: Box): Box => ({
  x: from.x + boxGain * (to.x - from.x),
  y: from.y + boxGain * (to.y - from.y),
  w: from.w + boxGain * (to.w - from.w),
  h: from.h + boxGain * (to.h - from.h),
});

const isSameKind = (a: Pick<Detection, 'label'>, b: Pick<Detection, 'label'>): boolean =>
  toLabelGroup(a.label) === toLabelGroup(b.label);

/** Where boxes of one kind are drawn again and again, and how sure the model was of them. */
export class Spot {
  readonly label: Detection['label'];
  #box: Box;
  #hits: number;
  #sure: number;
  #seenAt: number;

  constructor({ label, box, hits, sure, seenAt }: StaticSpot) {
    this.label = label;
    this.#box = box;
    this.#hits = hits;
    this.#sure = sure;
    this.#seenAt = seenAt;
  }

  get hits(): number {
    return this.#hits;
  }

  get seenAt(): number {
    return this.#seenAt;
  }

  get isHardlyEverSure(): boolean {
    return this.#sure <= mostSureShare * this.#hits;
  }

  /** Whether a box is drawn here. */
  holds(detection: Detection): boolean {
    return isSameKind(this, detection) && boxIou(this.#box, detection.box) >= sameSpotIou;
  }

  /** Whether one of the tracks may be what is seen here. */
  isCoveredBy(tracks: readonly Track[]): boolean {
    return tracks.some((track) => isSameKind(this, track) && boxIou(this.#box, track.box) >= coverIou);
  }

  count(box: Box, isSure: boolean, at: number): void {
    this.#hits += 1;
    this.#sure += isSure ? 1 : 0;
    this.#box = follow(this.#box, box);
    this.#seenAt = at;
    if (this.#hits < countedHits) return;
    this.#hits /= 2;
    this.#sure /= 2;
  }

  toJSON(): StaticSpot {
    return {
      label: this.label,
      box: this.#box,
      hits: this.#hits,
      sure: this.#sure,
      seenAt: this.#seenAt,
    };
  }
}
