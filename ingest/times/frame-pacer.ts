/** Earlier by this share of the interval is on time: cameras' frames do not come like clockwork. */
const tolerance = 0.1;
/** And by no more than this: half a frame at 25 a second. */
const maxToleranceUs = 20_000;

/** Picks from a stream of frames as many as are wanted a second, evenly by stream time. */
export class FramePacer {
  #lastUs = Number.NEGATIVE_INFINITY;
  #dueUs = Number.NEGATIVE_INFINITY;

  /** Whether the frame is one of those wanted. */
  isDue(ptsUs: number, fps: number): boolean {
    if (!(fps > 0)) return false;
    const intervalUs = 1e6 / fps;
    return ptsUs >= this.#nextUs(intervalUs) - Math.min(tolerance * intervalUs, maxToleranceUs);
  }

  /** The same; a yes counts as taken. */
  take(ptsUs: number, fps: number): boolean {
    if (!this.isDue(ptsUs, fps)) return false;
    const intervalUs = 1e6 / fps;
    const dueUs = this.#nextUs(intervalUs);
    this.#lastUs = ptsUs;
    // Late by more than an interval, as after a gap: what was missed is not made up for.
    this.#dueUs = (ptsUs > dueUs + intervalUs ? ptsUs : dueUs) + intervalUs;
    return true;
  }

  /** The rate may have gone up since the frame before: then the next is due sooner. */
  #nextUs(intervalUs: number): number {
    return Math.min(this.#dueUs, this.#lastUs + intervalUs);
  }
}
