import type { Clock } from '../../core/runtime/clock.ts';

/** A status older than this is not shown as the present one. */
export const staleAfterMs = 10_000;

interface Kept<Value> {
  value: Value;
  arrivedAt: number;
}

/** A value as it was last told, and how old it is. */
export interface Aged<Value> {
  value: Value;
  ageMs: number;
  isStale: boolean;
}

/**
 * The latest value by key, each with its age. Both clocks count: what its sender's clock says, and how long ago it
 * came here, for the clock of a machine that died may have been ahead of ours.
 */
export class Latest<Value extends { at: number }> {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #values = new Map<string, Kept<Value>>();

  constructor(clock: Clock, maxKeys: number) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, { value, arrivedAt: this.#clock.monotonic() });
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#maxKeys) break;
      this.#values.delete(oldest);
    }
  }

  get(key: string): Aged<Value> | undefined {
    const kept = this.#values.get(key);
    return kept && this.#age(kept);
  }

  all(): Aged<Value>[] {
    return [...this.#values.values()].map((kept) => this.#age(kept));
  }

  #age({ value, arrivedAt }: Kept<Value>): Aged<Value> {
    const ageMs = Math.max(0, this.#clock.now() - value.at, this.#clock.monotonic() - arrivedAt);
    return { value, ageMs: Math.round(ageMs), isStale: ageMs > staleAfterMs };
  }
}
