import type { Clock } from '../../../core/runtime/clock.ts';
import type { CameraCause, CameraStatus } from '../../../core/schema/health.ts';
import type { PictureCondition } from '../../../core/schema/scenario.ts';

/**
 * How a camera stands. `unheard`: nobody has spoken of it yet, and it is too early to wonder. `unknown`: nobody looks,
 * for a reason that is not the camera's.
 */
export type Standing = PictureCondition | 'well' | 'unheard' | 'unknown';

export interface CameraHealth {
  standing: Standing;
  /** Since when it has been well, or not well, or neither; by the monotonic clock. */
  since: number;
  /** Nobody speaks of it any more, so nobody knows what it does. */
  isSilent: boolean;
}

/** A status comes every five seconds; a camera that changes hands is without one for twelve and a start. */
const silentAfterMs = 30_000;
/** A worker that starts loads its model first, and may have to fetch it. */
const startGraceMs = 120_000;
/** After the bus was away workers speak again within seconds. */
const reconnectGraceMs = 30_000;
/** Three turns of statuses. */
const settleMs = 15_000;

/** It is ours, not the camera's, that nobody looks. */
const ownCauses: ReadonlySet<CameraCause | undefined> = new Set<CameraCause>(['no-capacity', 'over-budget']);

interface Heard {
  status: CameraStatus;
  at: number;
}

type Class = 'well' | 'ill' | 'silent' | 'unheard' | 'unknown';

/** What workers said of each camera last, and how long it has been so. */
export class HealthBoard {
  readonly #clock: Clock;
  readonly #heard = new Map<string, Heard>();
  readonly #streaks = new Map<string, { class: Class; since: number }>();
  /** Silence before this says nothing. */
  #silenceFrom: number;
  #settledAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#silenceFrom = clock.monotonic() + startGraceMs;
    this.#settledAt = clock.monotonic() + settleMs;
  }

  /** Whether every camera that is spoken of has been heard: what many have in common can be seen. */
  get isSettled(): boolean {
    return this.#clock.monotonic() >= this.#settledAt;
  }

  take(status: CameraStatus): void {
    this.#heard.set(status.cameraId, { status, at: this.#clock.monotonic() });
  }

  /** Nothing could be heard until now. */
  holdSilence(): void {
    const now = this.#clock.monotonic();
    this.#silenceFrom = Math.max(this.#silenceFrom, now + reconnectGraceMs);
    this.#settledAt = Math.max(this.#settledAt, now + settleMs);
  }

  /** To be called every second or so for each camera: how long something has been so is found out by looking. */
  look(cameraId: string): CameraHealth {
    const now = this.#clock.monotonic();
    const heard = this.#heard.get(cameraId);
    const isSilent = now - Math.max(heard?.at ?? 0, this.#silenceFrom) > silentAfterMs;
    const standing = isSilent ? 'offline' : heard ? standingOf(heard.status) : 'unheard';
    const next = isSilent ? 'silent' : classOf(standing);
    const before = this.#streaks.get(cameraId);
    const since =
      before?.class === next ? before.since : this.#beganAt(heard, { standing, next, before: before?.class });
    this.#streaks.set(cameraId, { class: next, since });
    return { standing, since, isSilent };
  }

  forget(isKnown: (cameraId: string) => boolean): void {
    for (const cameraId of [...this.#heard.keys(), ...this.#streaks.keys()]) {
      if (isKnown(cameraId)) continue;
      this.#heard.delete(cameraId);
      this.#streaks.delete(cameraId);
    }
  }

  #beganAt(
    heard: Heard | undefined,
    { standing, next, before }: { standing: Standing; next: Class; before: Class | undefined },
  ): number {
    const now = this.#clock.monotonic();
    if (next === 'silent') return Math.max(heard?.at ?? 0, this.#silenceFrom);
    if (!heard || before === 'silent') return now;
    const { picture, since } = heard.status;
    const saidSince = standing !== 'offline' && picture ? picture.since : since;
    const began = now - Math.max(0, this.#clock.now() - saidSince);
    // What was well a moment ago cannot have been ill for long, whatever a clock that was set says.
    return before === 'well' ? Math.max(began, now - silentAfterMs) : began;
  }
}

const standingOf = ({ state, cause, picture }: CameraStatus): Standing => {
  if (state === 'off' || (state === 'waiting' && ownCauses.has(cause))) return 'unknown';
  return state === 'live' ? (picture?.condition ?? 'well') : 'offline';
};

const classOf = (standing: Standing): Class =>
  standing === 'well' || standing === 'unheard' || standing === 'unknown' ? standing : 'ill';
