/** Further back than this a number is no straggler but a new count (RFC 3550 appendix A.1, MAX_MISORDER). */
const maxMisordered = 100;
/** Further ahead nothing can be told of what lies between (MAX_DROPOUT). */
const maxDropout = 3000;
const cycle = 0x1_0000;

/** What a receiver report says of reception (RFC 3550 section 6.4.1). */
export interface Reception {
  /** Highest number received, with the cycles in the upper 16 bits. */
  highest: number;
  /** Packets lost since the beginning, and their share since the last report in 256ths. */
  lost: number;
  lostFraction: number;
}

/** Follows the 16-bit numbers of a sender's packets and finds what is missing. */
export class SequenceTracker {
  #first = 0;
  #highest: number | undefined;
  #received = 0;
  #lost = 0;
  #reported = { expected: 0, received: 0 };

  /** Packets missing over all senders. */
  get lost(): number {
    return this.#lost;
  }

  /** How many are missing before this one; -1 for one that was there already or comes too late. */
  take(sequence: number): number {
    if (this.#highest === undefined) return this.#begin(sequence);
    const step = (sequence - this.#highest) & 0xffff;
    if (step === 0 || step > cycle - maxMisordered) return -1;
    if (step > maxDropout) {
      this.#begin(sequence);
      this.#lost++;
      return 1;
    }
    this.#highest += step;
    this.#received++;
    this.#lost += step - 1;
    return step - 1;
  }

  /** Another sender, or the same one anew. */
  restart(): void {
    this.#highest = undefined;
  }

  report(): Reception {
    const highest = this.#highest ?? 0;
    const expected = highest - this.#first + 1;
    const newlyExpected = expected - this.#reported.expected;
    const newlyLost = newlyExpected - (this.#received - this.#reported.received);
    this.#reported = { expected, received: this.#received };
    return {
      highest: highest >>> 0,
      lost: Math.max(0, expected - this.#received),
      lostFraction: newlyExpected > 0 ? Math.floor((Math.max(0, newlyLost) * 256) / newlyExpected) & 0xff : 0,
    };
  }

  #begin(sequence: number): number {
    this.#first = sequence;
    this.#highest = sequence;
    this.#received = 1;
    this.#reported = { expected: 0, received: 0 };
    return 0;
  }
}
