import type { Clock } from '../../../core/runtime/clock.ts';

/** Rests that end within so many milliseconds end together: one turn of the event loop then reads all those sockets. */
const turnMs = 20;

/** Lets the connections of a thread rest between two readings, from one timer for all of them. */
export class ReadingTurns {
  readonly #clock: Clock;
  /** By the number of the turn in which they go on. Each reading puts one in, and its turn takes it out. */
  readonly #resting = new Map<number, (() => void)[]>();
  #isTurning = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `goOn` once, in the first turn that begins `ms` from now or later. */
  rest(ms: number, goOn: () => void): void {
    const turn = Math.ceil((this.#clock.monotonic() + ms) / turnMs);
    const others = this.#resting.get(turn);
    if (others) others.push(goOn);
    else this.#resting.set(turn, [goOn]);
    if (!this.#isTurning) void this.#turn();
  }

  async #turn(): Promise<void> {
    this.#isTurning = true;
    while (this.#resting.size > 0) {
      await this.#clock.sleep(turnMs - (this.#clock.monotonic() % turnMs));
      const now = Math.floor(this.#clock.monotonic() / turnMs);
      for (const [turn, waiting] of this.#resting) {
        if (turn > now) continue;
        this.#resting.delete(turn);
        for (const goOn of waiting) goOn();
      }
    }
    this.#isTurning = false;
  }
}
