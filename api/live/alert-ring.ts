import type { AlertEvent } from '../../core/schema/alert.ts';

/** One event as it is sent, and what decides who hears of it. */
export interface SentEvent {
  sequence: number;
  /** The event's whole frame in the stream of server-sent events. */
  frame: string;
  value: AlertEvent;
  alertId: string;
  place: string;
  /** Of the alert; undefined when its raising was not heard. */
  severity: string | undefined;
}

/** The last events, so that a client that comes back in a moment need not be served from the bus. */
export class AlertRing {
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #events: SentEvent[] = [];
  #bytes = 0;
  /** Every event after this one, up to the newest, is in the ring. Unknown before the first. */
  #completeAfter: number | undefined;

  constructor({ maxEvents, maxBytes }: { maxEvents: number; maxBytes: number }) {
    this.#maxEvents = maxEvents;
    this.#maxBytes = maxBytes;
  }

  /** Sequence of the newest event, or undefined while there was none. */
  get newest(): number | undefined {
    return this.#events.at(-1)?.sequence;
  }

  push(event: SentEvent): void {
    this.#completeAfter ??= event.sequence - 1;
    this.#events.push(event);
    this.#bytes += event.frame.length;
    while (
      this.#events.length > this.#maxEvents ||
      (this.#bytes > this.#maxBytes && this.#events.length > 1)
    ) {
      const dropped = this.#events.shift();
      if (!dropped) break;
      this.#bytes -= dropped.frame.length;
      this.#completeAfter = dropped.sequence;
    }
  }

  /** All events after a sequence, or undefined when the ring no longer, or not yet, holds all of them. */
  after(sequence: number): SentEvent[] | undefined {
    if (this.#completeAfter === undefined || sequence < this.#completeAfter) return undefined;
    return this.#events.filter((event) => event.sequence > sequence);
  }
}
