import type { Clock } from '../../core/runtime/clock.ts';

/** Times in a transport stream begin anew after 26.5 hours. */
const roundSeconds = 2 ** 33 / 90_000;
/** A tick of the slowest encoder: pictures are said to be shown at whole ones. */
const tickSeconds = 0.045;

/** What waits for longer to be encoded is too old to be worth it: the next whole picture is. */
const mostWaitMs = 400;

/** FFmpeg looks at twenty pictures of H.264 before it makes the first one, and needs some more to tell. */
const looksAt = 30;
/** It starts in half a second; on a busy machine in some. */
const mostStartMs = 1500;

interface Given {
  /** After the first picture. */
  seconds: number;
  at: number;
}

/** Whether pictures wait too long to be encoded, known from the times of those that came out. */
export class EncodeWait {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #held: number;
  readonly #given: Given[] = [];
  #firstGiven: number | undefined;
  #firstOut: number | undefined;
  #isLate = false;

  /** `held`: pictures that the encoder keeps until more come, however quick it is. */
  constructor(clock: Pick<Clock, 'monotonic'>, held: number) {
    this.#clock = clock;
    this.#held = held;
  }

  given(mediaSeconds: number): void {
    this.#firstGiven ??= mediaSeconds;
    this.#given.push({ seconds: mediaSeconds - this.#firstGiven, at: this.#clock.monotonic() });
  }

  /** A picture came out, at that time in what the encoder makes. What came before the first one waits from then on. */
  out(seconds: number): void {
    if (this.#firstOut === undefined) {
      this.#firstOut = seconds;
      this.#isLate = false;
      for (const given of this.#given) given.at = this.#clock.monotonic();
    }
    const after = (((seconds - this.#firstOut) % roundSeconds) + roundSeconds) % roundSeconds;
    const next = this.#given.findIndex((given) => given.seconds % roundSeconds > after + tickSeconds);
    this.#given.splice(0, next < 0 ? this.#given.length : next);
  }

  /** Whether what waits is too old: from then on, until the encoder has only what it holds anyway. */
  get isLate(): boolean {
    const [held, most] = this.#firstOut === undefined ? [looksAt, mostStartMs] : [this.#held, mostWaitMs];
    const oldest = this.#given.length > held ? this.#given.at(0) : undefined;
    if (!oldest) this.#isLate = false;
    else this.#isLate ||= this.#clock.monotonic() - oldest.at > most;
    return this.#isLate;
  }
}
