/** The things used most lately, at most `limit` of them; what falls out is closed. */
export class Recent<T extends { close(): void }> {
  readonly #limit: number;
  /** A map keeps the order in which its keys were set: the least lately used first. */
  readonly #kept = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The one of that key, made when it is not there. */
  take(key: string, create: () => T): T {
    const found = this.#kept.get(key) ?? create();
    this.#kept.delete(key);
    this.#kept.set(key, found);
    for (const [oldest, unused] of this.#kept) {
      if (this.#kept.size <= this.#limit) break;
      this.#kept.delete(oldest);
      unused.close();
    }
    return found;
  }

  close(): void {
    for (const each of this.#kept.values()) each.close();
    this.#kept.clear();
  }
}
