import type { SpotsStore } from '../../core/bus/spots-store.ts';
import type { Logger } from '../../core/log.ts';
import { isStaticSpots, type StaticSpot } from '../../inference/index.ts';

/**
 * Keeps what the static filters have learnt on the bus. It is worth having and not worth waiting for: what cannot be read
 * is learnt again, what cannot be written is written the next time.
 */
export class SpotMemory {
  readonly #store: SpotsStore;
  readonly #log: Logger;
  /** Cameras of which something is stored that is not empty. */
  readonly #stored = new Set<string>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(store: SpotsStore, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  async load(cameraId: string): Promise<readonly StaticSpot[]> {
    await this.#writing.get(cameraId);
    try {
      const spots = await this.#store.get(cameraId);
      if (!isStaticSpots(spots)) return [];
      if (spots.length > 0) this.#stored.add(cameraId);
      return spots;
    } catch (error) {
      this.#log.warn({ service: 'spots', cameraId, err: error }, 'static spots could not be read');
      return [];
    }
  }

  /** Writes what a filter knows now; one write of a camera at a time, and none for one that never knew anything. */
  keep(cameraId: string, spots: readonly StaticSpot[]): void {
    if (this.#writing.has(cameraId) || (spots.length === 0 && !this.#stored.has(cameraId))) return;
    if (spots.length > 0) this.#stored.add(cameraId);
    else this.#stored.delete(cameraId);
    const writing = this.#store
      .put(cameraId, spots)
      .catch((error: unknown) => {
        this.#log.warn({ service: 'spots', cameraId, err: error }, 'static spots could not be kept');
      })
      .finally(() => this.#writing.delete(cameraId));
    this.#writing.set(cameraId, writing);
  }

  /** Resolves when what was to be kept is. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }
}
