/** How often each true object came together with each said one: a number for each pair of ids, 0 at first. */
export class PairCounts {
  readonly #rows = new Map<string, Map<string, number>>();

  add(truthId: string, saidId: string, amount: number): void {
    const row = this.#rows.get(truthId) ?? new Map<string, number>();
    this.#rows.set(truthId, row);
    row.set(saidId, (row.get(saidId) ?? 0) + amount);
  }

  of(truthId: string, saidId: string): number {
    return this.#rows.get(truthId)?.get(saidId) ?? 0;
  }

  *[Symbol.iterator](): Generator<[truthId: string, saidId: string, count: number]> {
    for (const [truthId, row] of this.#rows) {
      for (const [saidId, count] of row) yield [truthId, saidId, count];
    }
  }
}

/** In how many of the frames each id occurs. */
export const countIds = (frames: readonly (readonly { id: string }[])[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { id } of frames.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

export const sumOf = (numbers: Iterable<number>): number => {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
};
