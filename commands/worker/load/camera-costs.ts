import type { CameraStatus } from '../../../core/schema/health.ts';

type Measured = Pick<CameraStatus, 'cameraId' | 'state' | 'costCores' | 'width' | 'height'>;

interface Learned {
  cores: number;
  /** How long it has been measured, and when last. */
  measuredMs: number;
  at: number;
}

/**
 * What a camera is taken to cost before it was measured, a tenth of its time awake, in cores: 80 to a core at 640×480,
 * 26 at 1920×1080. Too little rather than too much: who is taken in vain is shed, who is refused in vain is blind.
 */
const priorBase = 0.008;
const priorPerVga = 0.0045;
const vga = 640 * 480;
/** A camera is awake for minutes and dormant for hours: its cost is the mean over about this long. */
const memoryMs = 120_000;
/** A camera's load does not show in the process before this. */
const youngMs = 30_000;

const priorOf = ({ width, height }: Pick<Measured, 'width' | 'height'>): number =>
  priorBase + (priorPerVga * (width ?? 640) * (height ?? 480)) / vga;

/** What each camera costs, learned from those that this worker holds or has held. */
export class CameraCosts {
  readonly #learned = new Map<string, Learned>();

  /** Takes in what a camera cost in the last second; `now` in monotonic milliseconds. */
  learn(status: Measured, now: number): void {
    if (status.state !== 'live' || !Number.isFinite(status.costCores)) return;
    const known = this.#learned.get(status.cameraId);
    const { cores, measuredMs, at } = known ?? { cores: priorOf(status), measuredMs: 0, at: now };
    const elapsedMs = Math.min(Math.max(0, now - at), memoryMs);
    const weight = 1 - Math.exp(-elapsedMs / memoryMs);
    this.#learned.set(status.cameraId, {
      cores: cores + weight * (status.costCores - cores),
      measuredMs: measuredMs + elapsedMs,
      at: now,
    });
  }

  /** What a camera costs in the mean, in cores. */
  of(cameraId: string): number {
    return this.#learned.get(cameraId)?.cores ?? priorOf({});
  }

  /** Whether it is so new that what the process uses does not show it yet. */
  isYoung(cameraId: string): boolean {
    return (this.#learned.get(cameraId)?.measuredMs ?? 0) < youngMs;
  }

  /** Forgets cameras that are not configured any more. */
  keepOnly(cameraIds: ReadonlySet<string>): void {
    for (const cameraId of this.#learned.keys()) if (!cameraIds.has(cameraId)) this.#learned.delete(cameraId);
  }
}
