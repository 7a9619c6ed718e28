import type { OpenAlert } from './open-alert.ts';

/** Comes before the `orderKey` of every alert that was dealt with, and behind all others. */
export const firstDealtWith = '1';

/** Open alerts in the order of urgency. Putting in and taking out is a search by halves and a move of what is behind. */
export class SortedAlerts {
  #entries: OpenAlert[] = [];

  get all(): readonly OpenAlert[] {
    return this.#entries;
  }

  put(entry: OpenAlert): void {
    this.#entries.splice(this.indexAfter(entry.orderKey), 0, entry);
  }

  remove({ orderKey }: OpenAlert): void {
    const index = this.indexAfter(orderKey) - 1;
    if (this.#entries[index]?.orderKey === orderKey) this.#entries.splice(index, 1);
  }

  /** Takes in everything anew. */
  replace(entries: Iterable<OpenAlert>): void {
    this.#entries = [...entries].sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1));
  }

  /** Where what comes behind a key begins. */
  indexAfter(key: string): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.orderKey ?? '') <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
