import type { Reel } from './reel.ts';
import type { RtpFrame } from './rtp-frame.ts';
import { type CameraPlan, PlanCursor } from './timeline.ts';

/** Whoever watches a camera. */
export interface Viewer {
  /** A picture and its number since the camera's first. */
  send(frame: RtpFrame, n: number): void;
}

/** One camera: goes through its round whether anybody watches or not. A viewer begins with the next keyframe. */
export class SimulatedCamera {
  readonly id: string;
  readonly description: string;
  /** When picture 0 is sent, in milliseconds since 1970. */
  firstAt = 0;
  readonly #cursor: PlanCursor;
  readonly #reels: ReadonlyMap<string, Reel>;
  readonly #viewers = new Set<Viewer>();
  readonly #waiting = new Set<Viewer>();

  constructor(plan: CameraPlan, reels: ReadonlyMap<string, Reel>) {
    this.id = plan.id;
    this.#reels = reels;
    this.#cursor = new PlanCursor(plan);
    this.description = reels.get(plan.parts[0]?.reelId ?? '')?.description ?? '';
  }

  addViewer(viewer: Viewer): void {
    this.#waiting.add(viewer);
  }

  removeViewer(viewer: Viewer): void {
    this.#waiting.delete(viewer);
    this.#viewers.delete(viewer);
  }

  /** Sends picture `n` to everybody who watches. */
  show(n: number): void {
    if (this.#viewers.size === 0 && this.#waiting.size === 0) return;
    const { reelId, index } = this.#cursor.at(n);
    const reel = this.#reels.get(reelId);
    const place = reel ? index % reel.frames.length : 0;
    const frame = reel?.frames[place];
    if (!reel || !frame) return;
    if (this.#waiting.size > 0 && reel.keyframes[place]) this.#admit();
    for (const viewer of this.#viewers) viewer.send(frame, n);
  }

  #admit(): void {
    for (const viewer of this.#waiting) this.#viewers.add(viewer);
    this.#waiting.clear();
  }
}
