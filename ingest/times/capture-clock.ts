import type { ClockQuality } from '../../core/schema/detection.ts';

export interface Arrival {
  /** Continuous stream time. */
  ptsUs: number;
  /** Monotonic milliseconds. */
  arrivedMs: number;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** By the camera's clock, where RTCP tells. */
  producedAt: number | undefined;
}

/** A camera's clock that is further off says nothing about when the light hit. */
const maxOffsetMs = 5_000;
/** The least delay is looked for over one to two of these: a lasting change of the path is believed after it. */
const windowMs = 30_000;
/** Share of a new reading in the shown offset. */
const smoothing = 0.1;

/**
 * Tells when the light of a packet hit the sensor: by the camera's RTCP clock where it is near ours, else by when the
 * packet would have arrived had it been as quick as the quickest of the last half minute.
 */
export class CaptureClock {
  /** Least `arrival - pts` of this and the previous window, in milliseconds. */
  #leastMs = Number.POSITIVE_INFINITY;
  #previousLeastMs = Number.POSITIVE_INFINITY;
  #windowEndsAt = Number.NEGATIVE_INFINITY;
  #offsetMs: number | undefined;
  #quality: ClockQuality = 'arrival';

  /** Of the latest packet. */
  get quality(): ClockQuality {
    return this.#quality;
  }

  /** How far the camera's clock is before (+) or behind (-) ours; includes the time on the way. */
  get offsetMs(): number | undefined {
    return this.#offsetMs === undefined ? undefined : Math.round(this.#offsetMs);
  }

  /** The camera keeps time, but so far from ours that it is not used. */
  get isFarOff(): boolean {
    return this.#offsetMs !== undefined && Math.abs(this.#offsetMs) > maxOffsetMs;
  }

  /** `capturedAt` of a packet, in milliseconds since 1970. */
  next({ ptsUs, arrivedMs, receivedAt, producedAt }: Arrival): number {
    this.#learn(arrivedMs - ptsUs / 1000, arrivedMs);
    const quickestAt = Math.round(receivedAt - this.ageMs(ptsUs, arrivedMs));
    const offsetMs = producedAt === undefined ? undefined : producedAt - quickestAt;
    if (offsetMs !== undefined) this.#smooth(offsetMs);
    this.#quality = offsetMs !== undefined && Math.abs(offsetMs) <= maxOffsetMs ? 'rtcp' : 'arrival';
    return this.#quality === 'rtcp' ? Math.round(producedAt ?? quickestAt) : quickestAt;
  }

  /** How much later than the quickest one a picture of that stream time is looked at when it is looked at now. */
  ageMs(ptsUs: number, nowMs: number): number {
    return Math.max(0, nowMs - ptsUs / 1000 - Math.min(this.#leastMs, this.#previousLeastMs));
  }

  #smooth(offsetMs: number): void {
    const before = this.#offsetMs ?? offsetMs;
    const isLeap = Math.abs(offsetMs - before) > maxOffsetMs;
    this.#offsetMs = isLeap ? offsetMs : before + smoothing * (offsetMs - before);
  }

  #learn(delayMs: number, nowMs: number): void {
    if (nowMs >= this.#windowEndsAt) {
      this.#previousLeastMs = this.#leastMs;
      this.#leastMs = Number.POSITIVE_INFINITY;
      this.#windowEndsAt = nowMs + windowMs;
    }
    this.#leastMs = Math.min(this.#leastMs, delayMs);
  }
}
