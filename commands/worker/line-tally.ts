import type { Bus } from '../../core/bus/bus.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { LineCount } from '../../core/schema/line-count.ts';
import type { LineCrossing } from '../../core/stages.ts';

export interface LineTallyOptions {
  bus: Pick<Bus, 'appendLineCount'>;
  metrics: Metrics;
  /** Gives ids that are never given twice. */
  idSource: () => string;
}

const minuteMs = 60_000;
/** A day of a worker's busiest cameras without a bus; what comes beyond is not counted. */
const maxWaiting = 20_000;
/** Rows offered at once. */
const maxInFlight = 64;

/** Sums a worker's crossings up by the minute, and offers the sums until the bus has them. */
export class LineTally {
  readonly #options: LineTallyOptions;
  #sums = new Map<string, LineCount>();
  /** Sums that are closed: a crossing of the same minute that comes later is a sum of its own. */
  #waiting: LineCount[] = [];

  constructor(options: LineTallyOptions) {
    this.#options = options;
  }

  note({ at, ...crossing }: LineCrossing): void {
    const minute = Math.floor(at / minuteMs) * minuteMs;
    const key = JSON.stringify([minute, ...Object.values(crossing)]);
    const sum = this.#sums.get(key);
    if (sum) this.#sums.set(key, { ...sum, count: sum.count + 1 });
    else if (this.#sums.size + this.#waiting.length >= maxWaiting) this.#count('refused', 1);
    else this.#sums.set(key, { countId: this.#options.idSource(), ...crossing, minute, count: 1 });
  }

  /** Offers what was summed up so far. What the bus does not take is offered again the next time. */
  async publish(): Promise<void> {
    const rows = [...this.#waiting, ...this.#sums.values()];
    this.#sums = new Map();
    this.#waiting = rows;
    for (let from = 0; from < rows.length; from += maxInFlight) {
      const batch = rows.slice(from, from + maxInFlight);
      const taken = await Promise.all(batch.map((row) => this.#offer(row)));
      const done = new Set(batch.filter((_, index) => taken[index]));
      this.#waiting = this.#waiting.filter((row) => !done.has(row));
      // A bus that is away answers each with a deadline of its own: one round of that is enough.
      if (done.size === 0) return;
    }
  }

  #offer(row: LineCount): Promise<boolean> {
    return this.#options.bus.appendLineCount(row).then(
      () => true,
      () => {
        this.#count('retried', 1);
        return false;
      },
    );
  }

  #count(outcome: 'refused' | 'retried', by: number): void {
    const help =
      'Sums of crossings that the bus did not take at once, and crossings there was no room to sum up';
    this.#options.metrics.count('xueliang_line_counts_unpublished_total', help, { outcome }, by);
  }
}
