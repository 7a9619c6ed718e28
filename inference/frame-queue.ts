import type { FrameRef } from '../core/frame-slots.ts';
import type { DropReason } from '../core/schema/health.ts';

export interface WaitingFrame {
  frame: FrameRef;
  /** Monotonic milliseconds at which it came. */
  queuedAt: number;
  /** And by which it should be looked at; of those of a camera that took each other's place, the first one's. */
  dueAt: number;
}

export interface DroppedFrame {
  frame: FrameRef;
  reason: DropReason;
}

/**
 * Frames that wait for a detector thread, at most one per camera and `limit` in all. What is due first is served first:
 * a camera that is looked at eight times a second before an alert does not wait behind ten others that are looked at
 * three times. A newer frame takes its camera's place and is due when the older one was, so that nobody waits for ever.
 */
export class FrameQueue {
  readonly #limit: number;
  /** A map keeps the order in which cameras came, also when a camera's frame is replaced: it decides between equals. */
  readonly #waiting = new Map<string, WaitingFrame>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /** When the frame is due that is due first. */
  get firstDueAt(): number | undefined {
    return this.#waiting.size > 0
      ? Math.min(...[...this.#waiting.values()].map(({ dueAt }) => dueAt))
      : undefined;
  }

  /** Takes a frame in and returns the one that had to go for it: `behind` its camera, or the longest waiting. */
  push(frame: FrameRef, queuedAt: number): DroppedFrame | undefined {
    const older = this.#waiting.get(frame.cameraId);
    const dropped = older ? { frame: older.frame, reason: 'behind' as const } : this.#makeRoom();
    const dueAt = Math.min(older?.dueAt ?? Number.POSITIVE_INFINITY, queuedAt + frame.lookWithinMs);
    this.#waiting.set(frame.cameraId, { frame, queuedAt, dueAt });
    return dropped;
  }

  /** Takes out the frame that is due first, passing over cameras that are `isBusy`. */
  shift(isBusy: (cameraId: string) => boolean = () => false): WaitingFrame | undefined {
    let first: WaitingFrame | undefined;
    for (const [cameraId, waiting] of this.#waiting) {
      if (!isBusy(cameraId) && waiting.dueAt < (first?.dueAt ?? Number.POSITIVE_INFINITY)) first = waiting;
    }
    if (first) this.#waiting.delete(first.frame.cameraId);
    return first;
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
