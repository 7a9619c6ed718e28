import type { Clock } from '../../core/runtime/clock.ts';
import { type TaggedText, toTagged } from '../http/send-tagged.ts';

/** Many screens ask for the same map at once; cameras tell their status every few seconds. */
const freshMs = 1000;
/** As many grounds as look at their maps at a time; each answer has some megabytes. */
const maxAnswers = 16;

/** Answers that are costly to make, kept for a second. When there are too many, the oldest goes. */
export class BriefAnswers {
  readonly #clock: Clock;
  readonly #answers = new Map<string, { madeAt: number; tagged: TaggedText }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(key: string, make: () => unknown): TaggedText {
    const now = this.#clock.monotonic();
    const kept = this.#answers.get(key);
    if (kept && now - kept.madeAt < freshMs) return kept.tagged;
    const tagged = toTagged(JSON.stringify(make()));
    this.#answers.delete(key);
    this.#answers.set(key, { madeAt: now, tagged });
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= maxAnswers) break;
      this.#answers.delete(oldest);
    }
    return tagged;
  }
}
