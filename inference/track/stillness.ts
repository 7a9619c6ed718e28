import type { Box } from '../../core/schema/geometry.ts';
import { isVehicle, type LabelGroup } from '../label-group.ts';
import { insideShare } from './box.ts';

/** How far a centre may tremble from its place, in box widths and heights, and still be in it. */
interface Tolerance {
  across: number;
  along: number;
}

/** A standing person's box is narrow and widens with every gesture; a parked car's hardly changes. */
const body: Tolerance = { across: 0.4, along: 0.15 };
const vehicle: Tolerance = { across: 0.2, along: 0.2 };

/** Out of place by half a box, twice running, is gone and not a badly drawn box. */
const farShift = 0.5;
/** How long a box may be out of its place before it has left: a badly drawn box, or one that is half hidden. */
const patienceMs = 3_000;
const hiddenPatienceMs = 10_000;
/** The share of a box that lies in its old place when something passes in front of it. */
const hiddenShare = 0.85;
/** A place is the mean over this long, so that a camera's slow drift does not end it. */
const placeMemoryMs = 60_000;
/** The first box of a place weighs as much as this long of staying. */
const firstWeightMs = 500;
/** Nobody vouches for more than this between two frames. */
const longestGapMs = 60_000;
/** Anything dwells a moment between two steps. */
const shortestMs = 1_000;

/** Distance of the centres in sizes of the second box. */
const shiftBetween = (box: Box, place: Box): Tolerance => ({
  across: Math.abs(box.x + box.w / 2 - place.x - place.w / 2) / place.w,
  along: Math.abs(box.y + box.h / 2 - place.y - place.h / 2) / place.h,
});

const furthest = ({ across, along }: Tolerance): number => Math.max(across, along);

const blend = (from: Box, to: Box, share: number): Box => ({
  x: from.x + share * (to.x - from.x),
  y: from.y + share * (to.y - from.y),
  w: from.w + share * (to.w - from.w),
  h: from.h + share * (to.h - from.h),
});

/** Where a box has been, on average, and for how long. */
class Place {
  stayedMs = 0;
  box: Box;

  constructor(box: Box) {
    this.box = box;
  }

  holds(box: Box, tolerance: Tolerance): boolean {
    const { across, along } = shiftBetween(box, this.box);
    return across <= tolerance.across && along <= tolerance.along;
  }

  stay(box: Box, elapsedMs: number): void {
    this.stayedMs += elapsedMs;
    const memoryMs = Math.min(this.stayedMs + firstWeightMs, placeMemoryMs);
    this.box = blend(this.box, box, Math.min(1, elapsedMs / memoryMs));
  }
}

/** Tells how long a box has stayed in one place, through trembling boxes and passers-by. */
export class Stillness {
  readonly #tolerance: Tolerance;
  readonly #birthplace: Box;
  #place: Place;
  /** Where it is while it is out of its place: the next place, should it not come back. */
  #elsewhere: Place | undefined;
  #outOfPlaceMs = 0;
  #farInARow = 0;
  #hasMovedAway = false;

  constructor(box: Box, group: LabelGroup) {
    this.#tolerance = isVehicle(group) || group === 'boat' ? vehicle : body;
    this.#birthplace = box;
    this.#place = new Place(box);
  }

  /** Milliseconds in place; 0 while it moves. */
  get stillMs(): number {
    return this.#place.stayedMs >= shortestMs ? this.#place.stayedMs : 0;
  }

  /** The mean box of the place where it is. */
  get place(): Box {
    return this.#place.box;
  }

  /** Whether it was ever clearly elsewhere than where it was first seen. */
  get hasMovedAway(): boolean {
    return this.#hasMovedAway;
  }

  /** Takes in the box of a frame, `elapsedMs` after the one before. */
  see(box: Box, elapsedMs: number): void {
    const elapsed = Math.min(elapsedMs, longestGapMs);
    if (this.#place.holds(box, this.#tolerance)) {
      this.#place.stay(box, this.#outOfPlaceMs + elapsed);
      this.#settle(this.#place);
      return;
    }
    this.#outOfPlaceMs += elapsed;
    this.#farInARow = furthest(shiftBetween(box, this.#place.box)) > farShift ? this.#farInARow + 1 : 0;
    if (this.#elsewhere?.holds(box, this.#tolerance)) this.#elsewhere.stay(box, elapsed);
    else this.#elsewhere = new Place(box);
    const isHidden = insideShare(box, this.#place.box) >= hiddenShare;
    const patience = isHidden ? hiddenPatienceMs : patienceMs;
    if (this.#farInARow >= 2 || this.#outOfPlaceMs > patience) this.#leaveFor(this.#elsewhere);
  }

  #leaveFor(place: Place): void {
    this.#hasMovedAway ||= furthest(shiftBetween(place.box, this.#birthplace)) > farShift;
    this.#settle(place);
  }

  #settle(place: Place): void {
    this.#place = place;
    this.#elsewhere = undefined;
    this.#outOfPlaceMs = 0;
    this.#farInARow = 0;
  }
}
