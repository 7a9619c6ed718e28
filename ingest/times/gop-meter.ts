/**
 * GOPs that are remembered, of which the middle one counts: neither a scene cut of a smart codec nor a jam of an
 * ordinary one changes what a camera is taken for.
 */
const remembered = 3;

/** Measures how far apart keyframes are. */
export class GopMeter {
  #lastKeyframeUs: number | undefined;
  #latestUs = 0;
  #lengths: number[] = [];
  #usualSeconds = 0;

  packet(ptsUs: number, isKeyframe: boolean): void {
    this.#latestUs = Math.max(this.#latestUs, ptsUs);
    if (!isKeyframe) return;
    if (this.#lastKeyframeUs !== undefined) {
      this.#lengths = [...this.#lengths, (ptsUs - this.#lastKeyframeUs) / 1e6].slice(-remembered);
      const sorted = [...this.#lengths].sort((a, b) => a - b);
      this.#usualSeconds = sorted[sorted.length >> 1] ?? 0;
    }
    this.#lastKeyframeUs = ptsUs;
  }

  /** The usual length of late, or that of the open GOP when it is longer already; 0 before the first keyframe. */
  get seconds(): number {
    return Math.max(this.usualSeconds, this.#openSeconds);
  }

  /** The usual length of late; 0 before the second keyframe. */
  get usualSeconds(): number {
    return this.#usualSeconds;
  }

  /** Forgets the connection before. */
  beginSession(): void {
    this.#lastKeyframeUs = undefined;
    this.#latestUs = 0;
    this.#lengths = [];
    this.#usualSeconds = 0;
  }

  get #openSeconds(): number {
    return this.#lastKeyframeUs === undefined ? 0 : (this.#latestUs - this.#lastKeyframeUs) / 1e6;
  }
}
