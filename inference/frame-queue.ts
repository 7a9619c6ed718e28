import type { FrameRef } from '../core/frame-slots.ts';
import type { DropReason } from '../core/schema/health.ts';

export interface WaitingFrame {
  frame: FrameRef;
  /** Monotonic milliseconds at which it came. */
  queuedAt: number;
}

export interface DroppedFrame {
  frame: FrameRef;
  reason: DropReason;
}

/**
 * Frames that wait for a detector thread, at most one per camera and `limit` in all. Cameras take turns: a newer
 * frame takes its camera's place in the line, and a camera that was served goes to the end.
 */
export class FrameQueue {
  readonly #limit: number;
  /** A map keeps the order in which cameras came, also when a camera's frame is replaced. */
  readonly #waiting = new Map<string, WaitingFrame>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /** When the frame came that has waited longest. */
  get oldestAt(): number | undefined {
    return this.#waiting.size > 0
      ? Math.min(...[...this.#waiting.values()].map(({ queuedAt }) => queuedAt))
      : undefined;
  }

  /** Takes a frame in and returns the one that had to go for it: `behind` its camera, or the longest waiting. */
  push(frame: FrameRef, queuedAt: number): DroppedFrame | undefined {
    const older = this.#waiting.get(frame.cameraId);
    const dropped = older ? { frame: older.frame, reason: 'behind' as const } : this.#makeRoom();
    this.#waiting.set(frame.cameraId, { frame, queuedAt });
    return dropped;
  }

  /** Takes out the frame of the camera whose turn it is, passing over those that `isBusy`. */
  shift(isBusy: (cameraId: string) => boolean = () => false): WaitingFrame | undefined {
    for (const [cameraId, waiting] of this.#waiting) {
      if (isBusy(cameraId)) continue;
      this.#waiting.delete(cameraId);
      return waiting;
    }
    return undefined;
  }

  #makeRoom(): DroppedFrame | undefined {
    if (this.#waiting.size < this.#limit) return undefined;
    const [first, ...rest] = this.#waiting.values();
    if (!first) return undefined;
    const oldest = rest.reduce((found, next) => (next.queuedAt < found.queuedAt ? next : found), first);
    this.#waiting.delete(oldest.frame.cameraId);
    return { frame: oldest.frame, reason: 'detector-busy' };
  }
}
