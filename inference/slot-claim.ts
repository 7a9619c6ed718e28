const HELD = 1;
const FREED = 0;

/**
 * Who frees the slot of the frame that a detector thread has in hand: whichever claims it first, the thread when
 * it has read the pixels or its owner when it finds the thread dead. A slot freed twice would be written by a
 * decoder while somebody else reads it.
 */
export class SlotClaim {
  readonly buffer: SharedArrayBuffer;
  readonly #state: Int32Array;

  constructor(buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#state = new Int32Array(buffer);
  }

  /** Puts a frame's slot under the claim. */
  hold(): void {
    Atomics.store(this.#state, 0, HELD);
  }

  /** True for exactly one of those who ask after `hold`. */
  claim(): boolean {
    return Atomics.compareExchange(this.#state, 0, HELD, FREED) === HELD;
  }
}
