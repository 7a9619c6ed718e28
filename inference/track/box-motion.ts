import type { Box } from '../../core/schema/geometry.ts';
import type { LabelGroup } from '../label-group.ts';
import { AxisFilter } from './axis-filter.ts';
import { type Pace, paceOf } from './pace.ts';

/**
 * In each second a speed changes by about this share of what is usual at first sight: walkers turn and stop, but
 * whoever is hidden for a second most likely walked on.
 */
const restlessness = 0.7;
/**
 * How much a detector's box centre trembles, as a share of the box; three times that for a box it is unsure of, which
 * often shows half of somebody. More than from one frame to the next: at 10 fps the errors of neighbouring frames go together.
 */
const centreSigma = 0.12;
/** A size is believed over this long, and less where the model is unsure: what is half hidden has not shrunk. */
const sizeMemoryMs = 500;
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
    this.#pace = paceOf(group);
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

  /** Carries the belief `seconds` on. */
  predict(seconds: number): void {
    const step = Math.min(seconds, longestStepSeconds);
    this.#x.predict(step, restlessness * this.#pace.across * this.#w);
    this.#y.predict(step, restlessness * this.#pace.along * this.#h);
  }

  /** Takes in a detection's box, `elapsedMs` after the one before, and how sure the model was of it. */
  correct(box: Box, score: number, elapsedMs: number): void {
    const sigma = centreSigma * (3 - 2 * score);
    const sizeGain = (1 - Math.exp(-elapsedMs / sizeMemoryMs)) * Math.sqrt(score);
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
