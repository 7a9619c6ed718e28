import type { Box } from '../../core/schema/geometry.ts';
import type { LabelGroup } from '../label-group.ts';
import { AxisFilter } from './axis-filter.ts';

/** How fast things of a group move at first sight: standard deviations, in box widths and heights per second. */
interface Pace {
  across: number;
  along: number;
}

/** A walker's 1.4 m/s is about two box widths or 0.8 heights; depth shortens what goes along the picture's height. */
const walking: Pace = { across: 2, along: 0.6 };
const paces: ReadonlyMap<LabelGroup, Pace> = new Map<LabelGroup, Pace>([
  ['four-wheeler', { across: 2, along: 1.5 }],
  ['two-wheeler', { across: 3, along: 1.5 }],
]);

/** How much a detector's box centre trembles, as a share of the box; twice that for a box it is unsure of. */
const centreSigma = 0.06;
/** The share of a new size that is believed at once. */
const sizeGain = 0.4;
/** What has stood starts off slower than what was never seen standing. */
const restingPace = 0.2;
/** Beyond this many seconds without a frame nobody knows where a mover is: the belief is not carried further. */
const longestStepSeconds = 2;

/** Where a box is and where it is going: a constant-velocity belief on its centre, a smoothed size. */
export class BoxMotion {
  readonly #pace: Pace;
  readonly #x: AxisFilter;
  readonly #y: AxisFilter;
  #w: number;
  #h: number;

  constructor(box: Box, group: LabelGroup) {
    this.#pace = paces.get(group) ?? walking;
    this.#w = box.w;
    this.#h = box.h;
    this.#x = new AxisFilter({
      position: box.x + box.w / 2,
      positionSigma: centreSigma * box.w,
      velocitySigma: this.#pace.across * box.w,
    });
    this.#y = new AxisFilter({
      position: box.y + box.h / 2,
      positionSigma: centreSigma * box.h,
      velocitySigma: this.#pace.along * box.h,
    });
  }

  get box(): Box {
    return { x: this.#x.position - this.#w / 2, y: this.#y.position - this.#h / 2, w: this.#w, h: this.#h };
  }

  /** Box sizes a second: widths across, heights along. */
  get speed(): number {
    return Math.hypot(this.#x.velocity / this.#w, this.#y.velocity / this.#h);
  }

  /** Carries the belief `seconds` on. In each second speeds change by about as much as they are at first sight. */
  predict(seconds: number): void {
    const step = Math.min(seconds, longestStepSeconds);
    this.#x.predict(step, this.#pace.across * this.#w);
    this.#y.predict(step, this.#pace.along * this.#h);
  }

  /** Takes in a detection's box and how sure the model was of it. */
  correct(box: Box, score: number): void {
    const sigma = centreSigma * (2 - score);
    this.#x.correct(box.x + box.w / 2, sigma * this.#w);
    this.#y.correct(box.y + box.h / 2, sigma * this.#h);
    this.#w += sizeGain * (box.w - this.#w);
    this.#h += sizeGain * (box.h - this.#h);
  }

  /** Squared distance of a box's centre from the expected one, in standard deviations of the belief. */
  distanceSquared(box: Box): number {
    const dx = box.x + box.w / 2 - this.#x.position;
    const dy = box.y + box.h / 2 - this.#y.position;
    return dx ** 2 / this.#x.variance + dy ** 2 / this.#y.variance;
  }

  /** Forgets the motion and stands at `box`. */
  rest(box: Box): void {
    this.#w = box.w;
    this.#h = box.h;
    this.#x.rest(box.x + box.w / 2, restingPace * this.#pace.across * box.w);
    this.#y.rest(box.y + box.h / 2, restingPace * this.#pace.along * box.h);
  }
}
