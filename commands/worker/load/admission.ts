import { maxCamerasPerWorker } from '../limits.ts';
import type { CameraCosts } from './camera-costs.ts';

export interface AdmissionOptions {
  /** Cores that the cameras of this worker may take together. */
  budget: number;
  costs: CameraCosts;
  /** Cores that the process really uses. */
  usedCores: () => number;
  /** Frames are being shed already. */
  isShedding: () => boolean;
  monotonic: () => number;
}

/** A camera that was refused is taken only when this share of the budget stays free beside it … */
const marginShare = 0.05;
/** … and has been free for this long: room that comes and goes is none. */
const roomMs = 10_000;

/** Decides whether a worker has room for one more camera. What it has once taken it never throws out. */
export class Admission {
  readonly #options: AdmissionOptions;
  /** Cameras that were refused, and since when there has been room for them. */
  readonly #refused = new Map<string, { roomSince: number | undefined }>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** Cores that are spoken for: what the cameras held cost, or what is really used when that is more. */
  committed(held: ReadonlySet<string>): number {
    const { costs, usedCores } = this.#options;
    let all = 0;
    let young = 0;
    for (const cameraId of held) {
      const cores = costs.of(cameraId);
      all += cores;
      if (costs.isYoung(cameraId)) young += cores;
    }
    return Math.max(all, usedCores() + young);
  }

  /** Whether so many workers like this one have room for all of these cameras. */
  hasRoomForAll(cameraIds: readonly string[], workers: number): boolean {
    const { budget, costs } = this.#options;
    return cameraIds.reduce((sum, cameraId) => sum + costs.of(cameraId), 0) <= workers * budget;
  }

  /** Whether this camera may be taken beside those that are held. */
  admits(cameraId: string, held: ReadonlySet<string>): boolean {
    const isAdmitted = this.#hasRoom(cameraId, held);
    if (isAdmitted) this.#refused.delete(cameraId);
    return isAdmitted;
  }

  /** Forgets cameras that are not configured any more. */
  keepOnly(cameraIds: ReadonlySet<string>): void {
    for (const cameraId of this.#refused.keys()) if (!cameraIds.has(cameraId)) this.#refused.delete(cameraId);
  }

  #hasRoom(cameraId: string, held: ReadonlySet<string>): boolean {
    // A worker without any camera is of no use, whatever its budget.
    if (held.size === 0) return true;
    const { budget, costs, isShedding, monotonic } = this.#options;
    const refused = this.#refused.get(cameraId);
    const limit = refused ? budget * (1 - marginShare) : budget;
    const fits = this.committed(held) + costs.of(cameraId) <= limit;
    if (!fits || isShedding() || held.size >= maxCamerasPerWorker) {
      this.#refused.set(cameraId, { roomSince: undefined });
      return false;
    }
    if (!refused) return true;
    refused.roomSince ??= monotonic();
    return monotonic() - refused.roomSince >= roomMs;
  }
}
