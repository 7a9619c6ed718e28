import type { Clock } from '../../core/runtime/clock.ts';

/** What was noted under keys within a time. Of too many the one noted longest ago is forgotten first. */
export class RecentKeys<Value> {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #forMs: number;
  readonly #maxKeys: number;
  readonly #noted = new Map<string, { value: Value; at: number }>();

  constructor(clock: Pick<Clock, 'monotonic'>, { forMs, maxKeys }: { forMs: number; maxKeys: number }) {
    this.#clock = clock;
    this.#forMs = forMs;
    this.#maxKeys = maxKeys;
  }

  get(key: string): Value | undefined {
    const found = this.#noted.get(key);
    return found && this.#clock.monotonic() - found.at < this.#forMs ? found.value : undefined;
  }

  note(key: string, value: Value): void {
    this.#noted.delete(key);
    this.#noted.set(key, { value, at: this.#clock.monotonic() });
    for (const oldest of this.#noted.keys()) {
      if (this.#noted.size <= this.#maxKeys) break;
      this.#noted.delete(oldest);
    }
  }

  forget(key: string): void {
    this.#noted.delete(key);
  }
}
