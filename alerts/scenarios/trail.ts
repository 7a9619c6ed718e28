import type { Box } from '../../core/schema/geometry.ts';

interface Footprint {
  /** On the scene's time line. */
  at: number;
  box: Box;
}

/** Footprints that are kept; those of a longer time lie further apart. */
const maxFootprints = 64;

/** Where something was over its last while, as far apart as it takes to remember that while in a few footprints. */
export class Trail {
  readonly #keptMs: number;
  #footprints: Footprint[] = [];

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /** It is here now. Beyond the time that is kept, the latest footprint stays: where it was when that time began. */
  add(at: number, box: Box): void {
    const last = this.#footprints.at(-1);
    if (!last || at - last.at >= this.#keptMs / maxFootprints) this.#footprints.push({ at, box });
    const first = this.#footprints.findLastIndex((footprint) => at - footprint.at >= this.#keptMs);
    if (first > 0) this.#footprints = this.#footprints.slice(first);
  }

  /** Where it was at a moment, or at the last footprint before; nothing when it was not there yet. */
  before(moment: number): Footprint | undefined {
    return this.#footprints.findLast(({ at }) => at <= moment);
  }

  since(moment: number): readonly Footprint[] {
    return this.#footprints.filter(({ at }) => at >= moment);
  }

  clear(): void {
    this.#footprints = [];
  }
}
