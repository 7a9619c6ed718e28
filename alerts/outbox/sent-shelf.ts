import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { EventFiles } from './event-files.ts';

export interface SentShelfOptions {
  clock: Clock;
  log: Logger;
  maxEntries: number;
  keepMs: number;
}

/** The events that were acknowledged lately, kept in case the bus loses them to a power cut. */
export class SentShelf {
  readonly #files: EventFiles;
  readonly #options: SentShelfOptions;
  /** By event id, when it was acknowledged, by the monotonic clock; the oldest first. */
  readonly #sentAt = new Map<string, number>();

  constructor(files: EventFiles, options: SentShelfOptions) {
    this.#files = files;
    this.#options = options;
  }

  has(eventId: string): boolean {
    return this.#sentAt.has(eventId);
  }

  add(eventId: string): void {
    this.#sentAt.set(eventId, this.#options.clock.monotonic());
  }

  /** Deletes what was kept long enough, and the oldest of what is too much. */
  async sweep(): Promise<void> {
    const { clock, keepMs, log, maxEntries } = this.#options;
    for (const [eventId, sentAt] of this.#sentAt) {
      if (this.#sentAt.size <= maxEntries && clock.monotonic() - sentAt < keepMs) break;
      this.#sentAt.delete(eventId);
      await this.#files.removeSent(eventId).catch((err: unknown) => {
        log.warn({ eventId, err }, 'could not delete an alert event that was kept long enough');
      });
    }
  }
}
