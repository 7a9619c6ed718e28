import type { FrameRef, FrameSlots } from '../../core/frame-slots.ts';
import type { Picture } from '../decode/video-decoder.ts';

export interface FrameHandoverOptions {
  cameraId: string;
  slots: FrameSlots;
  /** The number of the pool that the slots are in. */
  pool: number;
  onFrame: (frame: FrameRef) => void;
}

type FrameFacts = Pick<FrameRef, 'session' | 'clockQuality' | 'tier'>;

/**
 * Puts pictures into frame slots. A picture lies at the beginning of its slot as `width * height * 3` bytes, row by
 * row without gaps, where width and height are those of the FrameRef: for a letterboxed picture smaller than the spec.
 */
export class FrameHandover {
  readonly #options: FrameHandoverOptions;

  constructor(options: FrameHandoverOptions) {
    this.#options = options;
  }

  /** False when there is no free slot: the detector is busy. */
  give(picture: Picture, facts: FrameFacts): boolean {
    const { cameraId, slots, pool, onFrame } = this.#options;
    const slot = slots.acquire();
    if (slot < 0) return false;
    const { width, height, pixels } = picture.toPixels();
    slots.pixels(slot).set(pixels);
    onFrame({ cameraId, pool, slot, width, height, ...picture.times, ...facts });
    return true;
  }
}
