import type { Clock } from '../../core/runtime/clock.ts';
import type { SentEvent } from './alert-ring.ts';
import { type EventEncoding, serverSentEvents } from './event-encoding.ts';

/** Where a client's bytes go: a response, or what a test puts in its place. */
export interface EventSink {
  write(text: string): void;
  /** Bytes that were written and have not left yet. */
  readonly bufferedBytes: number;
  /** Ends after what is buffered. */
  end(reason: EndReason): void;
  /** Ends at once. */
  destroy(): void;
}

/** Why the server ends a client's stream. */
export type EndReason = 'too-slow' | 'closing' | 'signed-out' | 'error';

/** Which alerts a client hears of. */
export interface EventFilter {
  /** Code of the place whose subtree it is. */
  placePrefix: string;
  /** Empty: all of them. */
  severities: readonly string[];
}

export interface EventClientOptions {
  sink: EventSink;
  filter: EventFilter;
  /** As plain server-sent events unless said. */
  encoding?: EventEncoding | undefined;
  /** The last event the client has from an earlier connection. */
  lastEventId: number | undefined;
  clock: Clock;
  maxBufferedBytes: number;
  /** Whether the client may still listen; asked at every heartbeat. */
  isAllowed(): boolean;
  onEnd(reason: EndReason | 'gone'): void;
}

const plain = serverSentEvents('plain');

/** A client that has been cut off gets this long to take what was sent to it. */
const lingerMs = 5000;

/** One listener to alerts as they happen. What it does not take in time is bounded; then it is cut off, and told so. */
export class EventClient {
  readonly #options: EventClientOptions;
  readonly #ended = new AbortController();
  readonly #gone = new AbortController();
  readonly #encoding: EventEncoding | undefined;
  #last: number;

  constructor(options: EventClientOptions) {
    this.#options = options;
    this.#encoding = options.encoding;
    this.#last = options.lastEventId ?? 0;
  }

  /** Aborts when the stream has ended, whoever ended it. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Sends an event that passes the filter. An alert whose severity nobody knows any more passes. */
  deliver({ sequence, frame, value, place, severity }: SentEvent): void {
    const { filter } = this.#options;
    if (sequence <= this.#last) this.reset();
    this.#last = sequence;
    if (!place.startsWith(filter.placePrefix)) return;
    const isWanted =
      filter.severities.length === 0 || severity === undefined || filter.severities.includes(severity);
    if (isWanted) this.#write(this.#encoding?.alertEvent(value, sequence) ?? frame);
  }

  /** Tells that the bus counts anew: what the client has may be of a stream that is no more. */
  reset(): void {
    this.tell('reset', { lastEventId: this.#last });
    this.#last = 0;
  }

  /** Tells something that is no alert event: `ready`, `gap`, `reset`. */
  tell(event: string, data: object): void {
    this.#write((this.#encoding ?? plain).note(event, data));
  }

  heartbeat(): void {
    if (this.#options.isAllowed()) this.#write((this.#encoding ?? plain).heartbeat);
    else this.end('signed-out');
  }

  end(reason: EndReason): void {
    if (this.#ended.signal.aborted) return;
    const { sink, clock } = this.#options;
    sink.write((this.#encoding ?? plain).note('end', { reason }));
    sink.end(reason);
    this.#finish(reason);
    void clock.sleep(lingerMs, this.#gone.signal).then(() => sink.destroy());
  }

  /** The connection is closed, by the client or after the stream's end. */
  gone(): void {
    this.#gone.abort();
    this.#finish('gone');
  }

  #write(frame: string): void {
    if (this.#ended.signal.aborted) return;
    const { sink, maxBufferedBytes } = this.#options;
    if (sink.bufferedBytes > maxBufferedBytes) this.end('too-slow');
    else sink.write(frame);
  }

  #finish(reason: EndReason | 'gone'): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#options.onEnd(reason);
  }
}
