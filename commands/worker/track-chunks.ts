import type { Bus } from '../../core/bus/bus.ts';
import type { Metrics } from '../../core/metrics.ts';
import { maxChunkRows, type TrackRow } from '../../core/schema/track.ts';

export interface TrackChunksOptions {
  bus: Pick<Bus, 'appendTracks'>;
  metrics: Metrics;
}

/**
 * Gathers finished tracks by place, so that the bus and the history have one message for many. Whoever owns it publishes every
 * second or two: nobody waits for a track's row, and what is gathered is lost when the worker is killed.
 */
export class TrackChunks {
  readonly #options: TrackChunksOptions;
  readonly #byPlace = new Map<string, TrackRow[]>();

  constructor(options: TrackChunksOptions) {
    this.#options = options;
  }

  /** A place whose chunk is full is published at once: no more than one chunk a place is ever held. */
  put(rows: readonly TrackRow[]): void {
    for (const row of rows) {
      const gathered = this.#byPlace.get(row.place);
      if (!gathered) this.#byPlace.set(row.place, [row]);
      else if (gathered.push(row) >= maxChunkRows) {
        this.#byPlace.delete(row.place);
        void this.#offer(row.place, gathered);
      }
    }
  }

  /** Resolves when the bus has answered for all that was gathered. What it did not take is lost and counted. */
  async publish(): Promise<void> {
    const chunks = [...this.#byPlace];
    this.#byPlace.clear();
    await Promise.all(chunks.map(([place, rows]) => this.#offer(place, rows)));
  }

  async #offer(place: string, rows: TrackRow[]): Promise<void> {
    await this.#options.bus.appendTracks({ place, rows }).catch(() => {
      const help = 'Finished tracks that the bus did not take';
      this.#options.metrics.count('xueliang_tracks_unpublished_total', help, {}, rows.length);
    });
  }
}
