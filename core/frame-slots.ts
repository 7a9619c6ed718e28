/** How a detector wants its pictures: written so by decode threads, read so by detector threads. */
export interface FrameSpec {
  /** Pixels. */
  width: number;
  height: number;
  /** `letterbox`: aspect kept, picture at the top left, the rest is padding. `stretch`: fills all of it. */
  fit: 'letterbox' | 'stretch';
  /** Order of the three bytes of a pixel. */
  pixel: 'bgr' | 'rgb';
}

/** What is known of a frame without its pixels. */
export interface FrameFacts {
  cameraId: string;
  /** Grows with every connection made to the camera: frames of different sessions may have a gap between them. */
  session: number;
  /** Presentation time in the camera's stream, in microseconds; grows over reconnects too. */
  ptsUs: number;
  capturedAt: number;
  receivedAt: number;
  clockQuality: 'rtcp' | 'arrival';
  /** Why it was decoded: the camera is awake, or a look around while dormant. */
  tier: 'awake' | 'dormant';
}

/** A frame that waits in a slot. Small: the pixels stay where they are. */
export interface FrameRef extends FrameFacts {
  /** Which pool (a decode thread's) and which slot of it. */
  pool: number;
  slot: number;
  /** Size of the picture inside the slot, in pixels (equal to the spec for `stretch`). */
  width: number;
  height: number;
  /** In how many milliseconds the detector should have begun to look at it. */
  lookWithinMs: number;
}

const FREE = 0;
const TAKEN = 1;
const bytesPerPixel = 3;

/**
 * A pool of frame slots in shared memory: a decode thread takes a free one and writes rows of packed pixels
 * (`width * 3` bytes a row, no gaps), the detector reads it and frees it. Nothing is ever copied through a message.
 */
export class FrameSlots {
  readonly buffer: SharedArrayBuffer;
  readonly count: number;
  readonly slotBytes: number;
  readonly #states: Int32Array;
  /** Where the next search begins: slots take turns, so that one just freed is not at once somebody else's. */
  #from = 0;

  private constructor(buffer: SharedArrayBuffer, count: number, slotBytes: number) {
    this.buffer = buffer;
    this.count = count;
    this.slotBytes = slotBytes;
    this.#states = new Int32Array(buffer, 0, count);
  }

  /** Makes a pool of `count` slots, each large enough for `spec`. */
  static create(count: number, spec: Pick<FrameSpec, 'width' | 'height'>): FrameSlots {
    const slotBytes = spec.width * spec.height * bytesPerPixel;
    return new FrameSlots(new SharedArrayBuffer(count * 4 + count * slotBytes), count, slotBytes);
  }

  /** Opens a pool that another thread made. */
  static from(
    buffer: SharedArrayBuffer,
    count: number,
    spec: Pick<FrameSpec, 'width' | 'height'>,
  ): FrameSlots {
    return new FrameSlots(buffer, count, spec.width * spec.height * bytesPerPixel);
  }

  /** Takes a free slot; -1 when there is none. */
  acquire(): number {
    for (let step = 0; step < this.count; step++) {
      const slot = (this.#from + step) % this.count;
      if (Atomics.compareExchange(this.#states, slot, FREE, TAKEN) !== FREE) continue;
      this.#from = slot + 1;
      return slot;
    }
    return -1;
  }

  release(slot: number): void {
    Atomics.store(this.#states, slot, FREE);
  }

  isFree(slot: number): boolean {
    return Atomics.load(this.#states, slot) === FREE;
  }

  /** How many slots are taken now. */
  get taken(): number {
    return this.#states.reduce((sum, state) => sum + (state === TAKEN ? 1 : 0), 0);
  }

  /** The pixels of a slot. */
  pixels(slot: number): Uint8Array {
    return new Uint8Array(this.buffer, this.count * 4 + slot * this.slotBytes, this.slotBytes);
  }
}
