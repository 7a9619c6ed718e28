import type { Degradation, Tier } from '../../core/schema/health.ts';

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
/** A rate counts for two looks of the slowest and some; after that nobody follows what the camera shows. */
const toldMs = 2_500;
/** A degradation is told every second; without word the camera is looked at as it should be. */
const degradedMs = 5_000;
/** What a slow or dormant camera shows may be the beginning of something: it waits little longer than three looks a second. */
const maxLookWithinMs = 400;
/** Frames a second that a degradation leaves an awake camera. */
const mostFps: Readonly<Record<Degradation, number>> = { slow: 1, dormant: 0, unwatched: 0 };

/** Frames a second for the detector; 0 while dormant. */
export interface TierRates {
  /** By what the picture does and what is asked of the camera. */
  wanted: number;
  /** What of it overload leaves. */
  allowed: number;
}

/** Decides how much of a camera's stream is decoded, from what is asked of it and what its picture does. */
export class TierPolicy {
  readonly #times: TierTimes;
  readonly #awakeFps: number;
  #awakeUntil = Number.NEGATIVE_INFINITY;
  /** What was last asked for by whoever knows what moves in the picture; it counts for a while. */
  #told = { fps: 0, until: Number.NEGATIVE_INFINITY };
  #degraded: { to: Degradation; until: number } | undefined;
  #lookAt = Number.NEGATIVE_INFINITY;
  #gateAt = Number.NEGATIVE_INFINITY;

  constructor(awakeFps: number, times: TierTimes = defaultTierTimes) {
    this.#awakeFps = awakeFps;
    this.#times = times;
  }

  opened(now: number): void {
    this.#stayAwake(now + this.#times.openAwakeMs);
  }

  changed(now: number): void {
    this.#stayAwake(now + this.#times.changeAwakeMs);
  }

  /**
   * Somebody wants the camera awake for `holdMs` from now (0: no longer than it is anyway), and knows its picture well
   * enough to say that `fps` frames a second will do. The latest word counts, also when it asks for fewer than usual.
   */
  keepAwake(now: number, holdMs: number, fps: number): void {
    if (!(fps > 0) || !(holdMs >= 0)) return;
    this.#told = { fps, until: now + toldMs };
    this.#stayAwake(now + holdMs);
  }

  /** Overload lets the camera be looked at no more closely than this, or again as it should be. */
  degrade(now: number, to: Degradation | undefined): void {
    this.#degraded = to && { to, until: now + degradedMs };
  }

  tier(now: number): Tier {
    return this.rates(now).allowed > 0 ? 'awake' : 'dormant';
  }

  rates(now: number): TierRates {
    const fps = now < this.#told.until ? this.#told.fps : this.#awakeFps;
    const wanted = now < this.#awakeUntil ? fps : 0;
    const degraded = this.#degradedNow(now);
    return { wanted, allowed: degraded ? Math.min(wanted, mostFps[degraded]) : wanted };
  }

  /** How soon the detector should look at a frame of now: before the next one comes, and never long after. */
  lookWithinMs(now: number): number {
    return Math.min(maxLookWithinMs, 1000 / this.rates(now).allowed);
  }

  /** Whether overload keeps even the dormant looks from the detector. */
  isUnwatched(now: number): boolean {
    return this.#degradedNow(now) === 'unwatched';
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

  /** Whether a dormant camera's frame is due for the detector now. */
  isLookDue(now: number): boolean {
    return now >= this.#lookAt;
  }

  /** The same; a yes counts as done. */
  takeLook(now: number): boolean {
    if (!this.isLookDue(now)) return false;
    this.sawFrame(now);
    return true;
  }

  /** The detector has been given a frame: the next look can wait. */
  sawFrame(now: number): void {
    this.#lookAt = now + this.#times.lookEveryMs;
  }

  #stayAwake(until: number): void {
    this.#awakeUntil = Math.max(this.#awakeUntil, until);
  }

  #degradedNow(now: number): Degradation | undefined {
    return this.#degraded && now < this.#degraded.until ? this.#degraded.to : undefined;
  }
}
