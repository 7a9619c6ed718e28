import { explainedMinutes } from './schema/explanation-bounds.ts';

const minuteMs = 60_000;

/** What was counted in each of the last minutes by the wall clock. */
export class Minutes<Counts> {
  readonly #create: () => Counts;
  readonly #byStart = new Map<number, Counts>();

  constructor(create: () => Counts) {
    this.#create = create;
  }

  /** The counts of the minute that `now` (milliseconds since 1970-01-01 UTC) lies in, to be added to. */
  at(now: number): Counts {
    const from = Math.floor(now / minuteMs) * minuteMs;
    const counts = this.#byStart.get(from) ?? this.#create();
    this.#byStart.set(from, counts);
    // What was begun first goes first, also after the clock was set back.
    const [first] = this.#byStart.keys();
    if (first !== undefined && this.#byStart.size > explainedMinutes) this.#byStart.delete(first);
    return counts;
  }

  /** Oldest first, without what is of too long ago or, since the clock was set back, still to come. */
  last(now: number): { from: number; counts: Counts }[] {
    return [...this.#byStart]
      .map(([from, counts]) => ({ from, counts }))
      .filter(({ from }) => from > now - explainedMinutes * minuteMs && from <= now)
      .sort((a, b) => a.from - b.from);
  }
}
