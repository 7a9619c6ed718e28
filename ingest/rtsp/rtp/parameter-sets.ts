import type { NalRules } from './nal-rules.ts';

/** Several picture parameter sets are usual with some encoders; more than this is not. */
const maxSetsOfType = 16;
const maxSetBytes = 4096;

/** The parameter sets in force: those of the session description until the camera sends its own in the stream. */
export class ParameterSets {
  readonly #rules: NalRules;
  readonly #sets = new Map<number, Buffer[]>();
  /** Types that the access unit under way has brought. */
  readonly #brought = new Set<number>();

  constructor(rules: NalRules, described: readonly Buffer[]) {
    this.#rules = rules;
    for (const set of described) this.take(rules.typeOf(set[0] ?? 0), set);
    this.beginUnit();
  }

  isSet(type: number): boolean {
    return this.#rules.parameterSets.includes(type);
  }

  beginUnit(): void {
    // Clearing a set makes it a new table, and most units bring none.
    if (this.#brought.size > 0) this.#brought.clear();
  }

  /** The first set of its type in a unit replaces those before it. `set` is copied. */
  take(type: number, set: Buffer): void {
    if (!this.isSet(type) || set.length > maxSetBytes) return;
    const isFirst = !this.#brought.has(type);
    this.#brought.add(type);
    const known = this.#sets.get(type) ?? [];
    if (known.some((each) => each.equals(set)) && (!isFirst || known.length === 1)) return;
    this.#sets.set(type, isFirst ? [Buffer.from(set)] : [...known, Buffer.from(set)].slice(-maxSetsOfType));
  }

  /** What a keyframe in the unit under way still needs in front. */
  missing(): readonly Buffer[] {
    return this.#rules.parameterSets.flatMap((type) =>
      this.#brought.has(type) ? [] : (this.#sets.get(type) ?? []),
    );
  }
}
