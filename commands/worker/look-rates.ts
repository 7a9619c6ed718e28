import type { Track } from '../../core/stages.ts';
import { toLookRate } from '../../inference/index.ts';

export interface LookRatesOptions {
  /** The site's own rate for an awake camera. */
  nominalFps: number;
  keepAwake: (cameraId: string, holdMs: number, fps: number) => void;
}

/** An alert that is due within two of the slowest looks is waited for at the site's own rate. */
const soonMs = 2_000;
/** And within its last second more closely: a dwell time that ends between two looks makes its alert late by the rest. */
const dueMs = 1_000;
const dueFps = 8;

/** Tells cameras how often their tracks and scenarios want them looked at. */
export class LookRates {
  readonly #options: LookRatesOptions;
  /** Of the frame that is being looked at. */
  readonly #wishes = new Map<string, { holdMs: number; dueInMs: number }>();

  constructor(options: LookRatesOptions) {
    this.#options = options;
  }

  /** The scenarios want frames to keep coming; the next alert could be due in `dueInMs`. */
  wish(cameraId: string, holdMs: number, dueInMs: number): void {
    this.#wishes.set(cameraId, { holdMs, dueInMs });
  }

  /**
   * A frame with these tracks has been through the scenarios. Only where they follow what is there is less than the
   * site's own rate enough: elsewhere whatever changes the picture may be something new.
   */
  looked(cameraId: string, tracks: readonly Track[]): void {
    const { keepAwake, nominalFps } = this.#options;
    const wish = this.#wishes.get(cameraId);
    this.#wishes.delete(cameraId);
    const fps = toLookRate(tracks, nominalFps);
    const isEnough = wish !== undefined && wish.dueInMs > soonMs;
    const isDue = wish !== undefined && wish.dueInMs <= dueMs;
    keepAwake(cameraId, wish?.holdMs ?? 0, isEnough ? fps : Math.max(fps, nominalFps, isDue ? dueFps : 0));
  }
}
