import type { FrameFacts, FrameRef, FrameSlots } from '../../core/frame-slots.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Picture, PictureTimes } from '../decode/video-decoder.ts';

export interface FrameHandoverOptions {
  cameraId: string;
  clock: Clock;
  slots: FrameSlots;
  /** The number of the pool that the slots are in. */
  pool: number;
  onFrame: (frame: FrameRef) => void;
  onRepeat: (frame: FrameFacts) => void;
}

type SessionFacts = Pick<FrameFacts, 'session' | 'clockQuality' | 'tier'>;
type GivenFacts = SessionFacts & Pick<FrameRef, 'lookWithinMs'>;

/** How often, and how long at most, a camera that catches up asks whether its frame has been read. */
const askEveryMs = 5;
const patienceMs = 500;

/**
 * Puts pictures into frame slots. A picture lies at the beginning of its slot as `width * height * 3` bytes, row by
 * row without gaps, where width and height are those of the FrameRef: for a letterboxed picture smaller than the spec.
 */
export class FrameHandover {
  readonly #options: FrameHandoverOptions;
  #latestSlot = -1;

  constructor(options: FrameHandoverOptions) {
    this.#options = options;
  }

  /** False when there is no free slot: the detector is busy. */
  give(picture: Picture, facts: GivenFacts): boolean {
    const { cameraId, slots, pool, onFrame } = this.#options;
    const slot = slots.acquire();
    if (slot < 0) return false;
    this.#latestSlot = slot;
    const { width, height, pixels } = picture.toPixels();
    slots.pixels(slot).set(pixels);
    onFrame({ cameraId, pool, slot, width, height, ...picture.times, ...facts });
    return true;
  }

  /** Tells of a picture that the detector need not see, because it has seen the same. */
  repeat(times: PictureTimes, facts: SessionFacts): void {
    const { cameraId, onRepeat } = this.#options;
    onRepeat({ cameraId, ...times, ...facts });
  }

  /** Resolves when the detector has read the latest frame, or has had time enough to. */
  async taken(signal: AbortSignal): Promise<void> {
    const { clock, slots } = this.#options;
    const endsAt = clock.monotonic() + patienceMs;
    while (!slots.isFree(this.#latestSlot) && clock.monotonic() < endsAt && !signal.aborted) {
      await clock.sleep(askEveryMs, signal);
    }
  }
}
