import type { ObservedFrame } from '../../core/stages.ts';

type Stamps = Pick<ObservedFrame, 'capturedAt' | 'receivedAt' | 'ptsUs'>;

/** A camera may be looked at this rarely (dormant: every 15 s) without being taken for interrupted. */
export const longestLookGapMs = 20_000;
/** A stream that comes back within this time has missed little. */
const longestBlinkMs = 5000;
/** How long a tracker that starts anew may need until it believes what it sees, at low frame rates too. */
const settleMs = 3000;

const median = (values: readonly [number, number, number]): number =>
  [...values].sort((a, b) => a - b)[1] ?? 0;

/**
 * A camera's own time line, in milliseconds from its first frame. It follows `capturedAt` but never goes back and
 * does not follow a clock that is set: of the steps that capture time, arrival and stream time took, the middle one
 * counts, so that any one of the three may be wrong.
 */
export class SceneTime {
  #now = 0;
  #last: Stamps | undefined;
  #isInterrupted = false;
  #settledAt = settleMs;

  /** The stream was lost. */
  interrupt(): void {
    this.#isInterrupted = this.#last !== undefined;
  }

  advance(frame: Stamps): { now: number; gapMs: number; isBroken: boolean; isSettling: boolean } {
    const gapMs = this.#last ? stepMs(this.#last, frame) : 0;
    const wasInterrupted = this.#isInterrupted;
    this.#isInterrupted = false;
    this.#last = frame;
    this.#now += gapMs;
    if (wasInterrupted) this.#settledAt = this.#now + settleMs;
    return {
      now: this.#now,
      gapMs,
      isBroken: gapMs > (wasInterrupted ? longestBlinkMs : longestLookGapMs),
      isSettling: this.#now < this.#settledAt,
    };
  }
}

const stepMs = (last: Stamps, next: Stamps): number => {
  const streamMs = (next.ptsUs - last.ptsUs) / 1000;
  const middle = median([next.capturedAt - last.capturedAt, next.receivedAt - last.receivedAt, streamMs]);
  // Capture time is arrival time where the camera tells none: when the machine's clock is set back, both are wrong.
  return middle >= 0 ? middle : Math.max(0, streamMs);
};
