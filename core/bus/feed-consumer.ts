import { AckPolicy, DeliverPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { backoffDelayMs } from '../runtime/backoff.ts';
import { runEvery } from '../runtime/clock.ts';
import type { AlertEvent } from '../schema/alert.ts';
import type { StageDeps } from '../stages.ts';
import { toBusError } from './connect-nats.ts';
import { countDamaged } from './consume.ts';
import { HeldMessages } from './held-messages.ts';
import { decodePayload } from './payloads.ts';

/** One event that is to be passed on. Until `done` it stays in hand, and is offered again after a kill. */
export interface FeedMessage {
  sequence: number;
  value: AlertEvent;
  done(): void;
}

export interface FeedConsumerOptions extends StageDeps {
  nats: NatsConnection;
  /** Name of the durable consumer. */
  durable: string;
  /** Subjects of `ALERTS` that it is about. */
  filter: string;
  /** Messages that may be in hand together; no more is asked for while they are. */
  window: number;
  /** How long the server waits for a sign of life of a message before it offers it again. */
  ackWaitMs?: number;
  signal: AbortSignal;
  /** Called in the order of the stream, whatever was lost, killed or offered again. */
  onMessage(message: FeedMessage): void;
}

/** What waits for a feed: in the stream, and in hand. */
export interface FeedConsumer {
  /** Throws `bus-unavailable`. */
  lag(): Promise<number>;
  /** Resolves after the signal, when what was in hand has been given back to the server in its order. */
  done: Promise<void>;
}

const defaultAckWaitMs = 30_000;
const retryBackoff = { baseMs: 250, maxMs: 30_000 };

/**
 * Reads `ALERTS` from now on as a durable consumer, message by message and strictly in order: what a predecessor had in
 * hand is waited for before anything is handed over, and a gap in the deliveries makes it begin again.
 */
export const openFeedConsumer = (options: FeedConsumerOptions): FeedConsumer => {
  const { nats, clock, log, durable, signal } = options;
  const held = new HeldMessages();
  const read = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await readOnce(options, held, () => {
          failures = 0;
        });
      } catch (error) {
        if (signal.aborted) break;
        const delayMs = backoffDelayMs(failures++, retryBackoff);
        const reason = toBusError(error, `feed ${durable}`);
        log.warn(
          { service: 'bus', feed: durable, err: reason, delayMs: Math.round(delayMs) },
          'feed interrupted',
        );
        await clock.sleep(delayMs, signal);
      }
    }
    held.giveBack();
    if (!nats.isClosed()) await nats.flush().catch(() => undefined); // the server takes them back by itself, later
  };
  return {
    lag: async () => {
      try {
        const manager = await jetstreamManager(nats, { checkAPI: false });
        const { num_pending, num_ack_pending } = await manager.consumers.info('ALERTS', durable);
        return num_pending + num_ack_pending;
      } catch (error) {
        throw toBusError(error, `feed ${durable}`);
      }
    },
    done: read(),
  };
};

/** Forgets how far a feed had come. */
export const forgetFeed = async (nats: NatsConnection, durable: string): Promise<void> => {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  await manager.consumers.delete('ALERTS', durable).catch(() => undefined); // it never was, or the bus is away
};

/** The feeds that the server knows. */
export const knownFeeds = async (nats: NatsConnection): Promise<string[]> => {
  try {
    const names: string[] = [];
    const manager = await jetstreamManager(nats, { checkAPI: false });
    for await (const { name } of manager.consumers.list('ALERTS')) names.push(name);
    return names;
  } catch (error) {
    throw toBusError(error, 'feeds');
  }
};

const readOnce = async (
  options: FeedConsumerOptions,
  held: HeldMessages,
  onProgress: () => void,
): Promise<void> => {
  const { nats, clock, durable, filter, window, ackWaitMs = defaultAckWaitMs, signal } = options;
  const manager = await jetstreamManager(nats);
  const before = await manager.consumers.add('ALERTS', {
    durable_name: durable,
    filter_subject: filter,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.New,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: window,
  });
  const gate = held.openGate<JsMsg>(before.num_ack_pending);
  let last = before.delivered.consumer_seq;
  const consumer = await jetstream(nats).consumers.get('ALERTS', durable);
  const messages = await consumer.consume({ max_messages: window });
  const ending = new AbortController();
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  // Three signs of life within the wait. A predecessor's messages come within it too, or never will.
  const alive = runEvery(clock, ackWaitMs / 3, ending.signal, () => held.keepAlive());
  void clock.sleep(ackWaitMs * 3, ending.signal).then(() => {
    if (!ending.signal.aborted) for (const each of gate.release()) offer(options, held, each);
  });
  try {
    for await (const message of messages) {
      if (message.info.deliverySequence !== last + 1) throw new Error('a delivery was lost on its way');
      last = message.info.deliverySequence;
      onProgress();
      for (const next of gate.pass(message)) offer(options, held, next);
    }
  } finally {
    ending.abort();
    await alive;
    signal.removeEventListener('abort', stop);
    await messages.close();
  }
};

const offer = (
  { log, metrics, onMessage, signal }: FeedConsumerOptions,
  held: HeldMessages,
  message: JsMsg,
): void => {
  if (signal.aborted || !held.take(message)) return;
  const sequence = message.seq;
  const value = decodePayload('ALERTS', message.data);
  if (value === undefined) {
    held.drop(sequence);
    countDamaged(metrics, log, 'ALERTS', sequence);
  } else onMessage({ sequence, value, done: () => held.drop(sequence) });
};
