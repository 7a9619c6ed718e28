import type { ReadPacket } from '../session/packet-stream.ts';

/** Times that grow over reconnects, wrap-arounds and a camera's jumps. Microseconds. */
export interface ContinuousTimes {
  ptsUs: number;
  dtsUs: number;
}

/** A camera cannot send pictures of the future: further ahead of real time than this its time has jumped. */
const aheadMs = 500;
/** Smart codecs step back by a frame or two. Further back is a new beginning, as after a correction by RTCP. */
const stepBackUs = 0.1e6;
const fallbackDurationUs = 40_000;

type RawTimes = Pick<ReadPacket, 'ptsUs' | 'dtsUs' | 'durationUs'>;

/** Puts a camera's times on one line that never goes backwards in decoding order. */
export class StreamTimes {
  #offsetUs = 0;
  #reorderFrames = 0;
  /** Of the packet before, in this session. */
  #raw: { dtsUs: number; durationUs: number } | undefined;
  #last: { dtsUs: number; arrivedMs: number } | undefined;
  readonly #startUs: number;
  #maxRawPtsUs = Number.NEGATIVE_INFINITY;
  /** Least `arrival - time` of the session: of the packet that was quickest on its way. */
  #leastDelayMs = Number.POSITIVE_INFINITY;
  #progressedAt = 0;
  #nonMonotonic = 0;
  #jumps = 0;

  /** `startUs` is the first decoding time; a wall clock's keeps times growing over restarts of the program too. */
  constructor(startUs: number) {
    this.#startUs = startUs;
  }

  /** Packets whose decoding time did not grow. Smart codecs send them; they are moved behind the one before. */
  get nonMonotonic(): number {
    return this.#nonMonotonic;
  }

  /** Leaps of the camera's time within a session. */
  get jumps(): number {
    return this.#jumps;
  }

  /** When the camera's own time last grew, by the monotonic clock. */
  get progressedAt(): number {
    return this.#progressedAt;
  }

  /** A new connection: the camera's times begin anew, ours go on by the time that has passed. */
  beginSession(reorderFrames: number, nowMs: number): void {
    this.#raw = undefined;
    this.#reorderFrames = reorderFrames;
    this.#maxRawPtsUs = Number.NEGATIVE_INFINITY;
    this.#leastDelayMs = Number.POSITIVE_INFINITY;
    this.#progressedAt = nowMs;
  }

  next(times: RawTimes, arrivedMs: number): ContinuousTimes {
    const durationUs =
      times.durationUs > 0 ? times.durationUs : (this.#raw?.durationUs ?? fallbackDurationUs);
    const { ptsUs, dtsUs } = this.#complete(times, durationUs);
    if (ptsUs > this.#maxRawPtsUs) this.#progressedAt = arrivedMs;
    if (this.#isJump(dtsUs, arrivedMs)) {
      if (this.#raw) this.#jumps++;
      this.#maxRawPtsUs = ptsUs;
      this.#offsetUs = this.#resumeAt(durationUs, arrivedMs) - dtsUs;
    }
    this.#maxRawPtsUs = Math.max(this.#maxRawPtsUs, ptsUs);
    this.#raw = { dtsUs, durationUs };
    return this.#place(ptsUs, dtsUs, arrivedMs);
  }

  /** FFmpeg leaves out times until it is sure of them. */
  #complete({ ptsUs, dtsUs }: RawTimes, durationUs: number): ContinuousTimes {
    const reorderUs = this.#reorderFrames * durationUs;
    const dts = dtsUs ?? (this.#raw ? this.#raw.dtsUs + durationUs : (ptsUs ?? 0) - reorderUs);
    return { dtsUs: dts, ptsUs: ptsUs ?? dts + reorderUs };
  }

  #isJump(dtsUs: number, arrivedMs: number): boolean {
    if (!this.#raw || !this.#last) return true;
    const stepUs = dtsUs - this.#raw.dtsUs;
    if (stepUs < -stepBackUs) return true;
    const stepAheadMs = stepUs / 1000 - (arrivedMs - this.#last.arrivedMs);
    const delayMs = arrivedMs - (dtsUs + this.#offsetUs) / 1000;
    return stepAheadMs > aheadMs && delayMs < this.#leastDelayMs - aheadMs;
  }

  #resumeAt(durationUs: number, arrivedMs: number): number {
    if (!this.#last) return this.#startUs;
    return this.#last.dtsUs + Math.max(durationUs, (arrivedMs - this.#last.arrivedMs) * 1000);
  }

  #place(rawPtsUs: number, rawDtsUs: number, arrivedMs: number): ContinuousTimes {
    let dtsUs = Math.round(rawDtsUs + this.#offsetUs);
    if (this.#last && dtsUs <= this.#last.dtsUs) {
      this.#nonMonotonic++;
      dtsUs = this.#last.dtsUs + 1;
    }
    this.#last = { dtsUs, arrivedMs };
    this.#leastDelayMs = Math.min(this.#leastDelayMs, arrivedMs - dtsUs / 1000);
    return { dtsUs, ptsUs: Math.max(dtsUs, Math.round(rawPtsUs + this.#offsetUs)) };
  }
}
