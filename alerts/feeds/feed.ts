import type { DeadLetterStore } from '../../core/bus/dead-letters.ts';
import type { FeedConsumer, FeedConsumerOptions } from '../../core/bus/feed-consumer.ts';
import { type AppError, toAppError } from '../../core/errors.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { DeadLetter, FeedStatus } from '../../core/schema/feed.ts';
import type { StageDeps } from '../../core/stages.ts';
import { CameraLanes, graceMs, type Parcel } from './camera-lanes.ts';
import { DeadLetters } from './dead-letters.ts';

/** Another system that is told of alert events. */
export interface Receiver extends Pick<FeedStatus, 'id' | 'kind' | 'name' | 'ground'> {
  /** Tells it one event; the same event is the same message however often. Throws when it was not taken. */
  send(event: AlertEvent, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Opens the durable consumer of a feed. */
export type OpenConsumer = (
  options: Pick<FeedConsumerOptions, 'durable' | 'window' | 'signal' | 'onMessage'> & { ground: string },
) => FeedConsumer;

export interface FeedOptions extends StageDeps {
  receiver: Receiver;
  openConsumer: OpenConsumer;
  letters: DeadLetterStore;
}

/** Events in hand of one feed, and of one camera while others wait behind it. */
const window = 256;
const maxWaiting = 64;
const concurrency = 8;
const dayMs = 86_400_000;
const backoff = { baseMs: 1000, maxMs: 300_000 };
const maxWords = 200;

/** Everything that one receiver is told, from the stream to its answer. */
export class Feed {
  readonly #options: FeedOptions;
  readonly #closing = new AbortController();
  /** What was in hand has had its grace. */
  readonly #ending = new AbortController();
  readonly #letters: DeadLetters;
  readonly #lanes: CameraLanes;
  readonly #consumer: FeedConsumer;
  #told: Pick<FeedStatus, 'lastSuccessAt' | 'lastFailureAt' | 'lastFailure'> = {};
  #delivered = 0;
  #failures = 0;
  #retrying: Promise<void> | undefined;

  constructor(options: FeedOptions) {
    const { receiver, openConsumer, clock } = options;
    this.#options = options;
    this.#letters = new DeadLetters({ ...options, feedId: receiver.id });
    this.#lanes = new CameraLanes({
      ...{ clock, concurrency, maxWaiting, backoff, giveUpAfterMs: dayMs },
      send: (event, signal) => receiver.send(event, signal),
      onSent: () => this.#noteSuccess(),
      onFailure: (event, reason) => this.#noteFailure(event, reason),
      onGivenUp: (parcel, attempts, reason) => this.#giveUp(parcel, attempts, reason),
    });
    this.#consumer = openConsumer({
      ...{ durable: receiver.id, ground: receiver.ground, window },
      signal: this.#ending.signal,
      onMessage: (parcel) => this.#lanes.take(parcel),
    });
  }

  async status(): Promise<FeedStatus> {
    const { id, kind, name, ground } = this.#options.receiver;
    return {
      ...{ id, kind, name, ground },
      ...{ lag: await this.#consumer.lag(), delivered: this.#delivered, failures: this.#failures },
      ...this.#told,
      ...{ deadLetters: await this.#letters.count(), lost: this.#letters.lost },
    };
  }

  deadLetters(): Promise<DeadLetter[]> {
    return this.#letters.all();
  }

  /** Sends them again one after the other, until the first that fails as if the receiver were away. */
  async retryDeadLetters(): Promise<number> {
    const letters = await this.#letters.all();
    this.#retrying ??= this.#retry(letters).finally(() => {
      this.#retrying = undefined;
    });
    return letters.length;
  }

  /** What is being sent has two seconds to be answered; what is in hand then goes back to the stream. */
  async close(): Promise<void> {
    this.#closing.abort();
    const over = new AbortController();
    const grace = this.#options.clock.sleep(graceMs, over.signal);
    await Promise.all([this.#lanes.close(), Promise.race([this.#retrying, grace])]);
    over.abort();
    // Only now: what the consumer has given back cannot be acknowledged.
    this.#ending.abort();
    await Promise.all([this.#consumer.done, this.#retrying]);
    await this.#options.receiver.close();
  }

  async #retry(letters: readonly DeadLetter[]): Promise<void> {
    const { signal } = this.#closing;
    for (const letter of letters) {
      if (signal.aborted) return;
      try {
        const event = await this.#letters.eventOf(letter);
        if (event) await this.#options.receiver.send(event, this.#ending.signal);
        await this.#letters.remove(letter);
        if (event) this.#noteSuccess();
      } catch (thrown) {
        const reason = toAppError(thrown);
        if (signal.aborted) return;
        this.#noteFailure(letter, reason);
        if (reason.kind !== 'invalid' && reason.kind !== 'forbidden') return;
      }
    }
  }

  #noteSuccess(): void {
    this.#delivered++;
    this.#told = { ...this.#told, lastSuccessAt: Math.round(this.#options.clock.now()) };
    this.#count('delivered');
  }

  #noteFailure({ eventId }: Pick<AlertEvent, 'eventId'>, reason: AppError): void {
    const { clock, log, receiver } = this.#options;
    this.#failures++;
    this.#told = {
      ...this.#told,
      lastFailureAt: Math.round(clock.now()),
      lastFailure: `${reason.code}: ${reason.message}`.slice(0, maxWords),
    };
    this.#count('failed');
    log.debug({ service: 'feeds', feed: receiver.id, eventId, err: reason }, 'a receiver was not told');
  }

  async #giveUp({ sequence, value }: Parcel, attempts: number, reason: AppError): Promise<void> {
    const { clock, log, receiver } = this.#options;
    const { eventId, alertId, cameraId } = value;
    await this.#letters.add({
      ...{ feedId: receiver.id, sequence, eventId, alertId, cameraId, attempts },
      ...{ at: Math.round(clock.now()), code: reason.code, reason: reason.message.slice(0, maxWords) },
    });
    this.#count('given-up');
    log.error(
      { service: 'feeds', feed: receiver.id, eventId, attempts, err: reason },
      'a receiver was not told; see its dead letters',
    );
  }

  #count(outcome: 'delivered' | 'failed' | 'given-up'): void {
    const { metrics, receiver } = this.#options;
    metrics.count('xueliang_alerts_feed_events_total', 'What became of events for other systems', {
      feed: receiver.id,
      outcome,
    });
  }
}
