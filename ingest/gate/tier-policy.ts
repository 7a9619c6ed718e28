import type { Tier } from '../../core/schema/health.ts';

export interface TierTimes {
  /** After a connection was opened, so that what stands there is seen. */
  openAwakeMs: number;
  /** After the last change in the picture. */
  changeAwakeMs: number;
  /** A dormant camera's frame for the detector comes this often. */
  lookEveryMs: number;
  /** A dormant camera's keyframes are decoded no more often. */
  gateEveryMs: number;
}

export const defaultTierTimes: TierTimes = {
  openAwakeMs: 8_000,
  changeAwakeMs: 6_000,
  lookEveryMs: 15_000,
  // Less than a second: keyframes that are sent every second do not come like clockwork.
  gateEveryMs: 900,
};

/** A camera whose keyframes are further apart would miss too much if only they were decoded. */
const maxKeyframeOnlyGopSeconds = 3;
/** Different rates asked for at a time; a scenario has one. */
const maxHolds = 16;

/** Decides how much of a camera's stream is decoded, from what is asked of it and what its picture does. */
export class TierPolicy {
  readonly #times: TierTimes;
  readonly #awakeFps: number;
  #changeAwakeUntil = Number.NEGATIVE_INFINITY;
  /** Until when each rate is wanted. */
  readonly #holds = new Map<number, number>();
  #lookAt = Number.NEGATIVE_INFINITY;
  #gateAt = Number.NEGATIVE_INFINITY;

  constructor(awakeFps: number, times: TierTimes = defaultTierTimes) {
    this.#awakeFps = awakeFps;
    this.#times = times;
  }

  opened(now: number): void {
    this.#awakeUntil(now + this.#times.openAwakeMs);
  }

  changed(now: number): void {
    this.#awakeUntil(now + this.#times.changeAwakeMs);
  }

  /** Somebody wants `fps` frames a second for `holdMs` from now. */
  keepAwake(now: number, holdMs: number, fps: number): void {
    for (const [rate, until] of this.#holds) if (until <= now) this.#holds.delete(rate);
    if (!(fps > 0) || !(holdMs > 0) || (this.#holds.size >= maxHolds && !this.#holds.has(fps))) return;
    this.#holds.set(fps, Math.max(this.#holds.get(fps) ?? now, now + holdMs));
  }

  tier(now: number): Tier {
    return this.fps(now) > 0 ? 'awake' : 'dormant';
  }

  /** Frames a second for the detector: the highest rate wanted now, 0 while dormant. */
  fps(now: number): number {
    const wanted = [...this.#holds].filter(([, until]) => until > now).map(([rate]) => rate);
    return Math.max(0, ...wanted, now < this.#changeAwakeUntil ? this.#awakeFps : 0);
  }

  /** Whether a dormant camera may be served by its keyframes alone. */
  isKeyframesEnough(gopSeconds: number): boolean {
    return gopSeconds <= maxKeyframeOnlyGopSeconds;
  }

  /** Whether the picture should be compared with its background now. */
  isGateDue(now: number): boolean {
    return now >= this.#gateAt;
  }

  /** The same; a yes counts as done. */
  takeGate(now: number): boolean {
    if (!this.isGateDue(now)) return false;
    this.#gateAt = now + this.#times.gateEveryMs;
    return true;
  }

  /** Whether a dormant camera's frame is due for the detector now; a yes counts as done. */
  takeLook(now: number): boolean {
    if (now < this.#lookAt) return false;
    this.sawFrame(now);
    return true;
  }

  /** The detector has been given a frame: the next look can wait. */
  sawFrame(now: number): void {
    this.#lookAt = now + this.#times.lookEveryMs;
  }

  #awakeUntil(until: number): void {
    this.#changeAwakeUntil = Math.max(this.#changeAwakeUntil, until);
  }
}
