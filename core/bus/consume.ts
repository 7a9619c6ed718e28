import { setImmediate } from 'node:timers/promises';
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JsMsg,
  jetstreamManager,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { backoffDelayMs } from '../runtime/backoff.ts';
import type { Clock } from '../runtime/clock.ts';
import type { BusMessage, BusPayloads, BusStreamName, ConsumeOptions } from './bus.ts';
import { toBusError } from './connect-nats.ts';
import { decodePayload } from './payloads.ts';

export interface ReaderDeps {
  js: JetStreamClient;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** A batch that was not acknowledged within this is offered again. Longer than any insert may take. */
const ackWaitMs = 60_000;
const retryBackoff = { baseMs: 250, maxMs: 30_000 };
/** Messages that are decoded before others on this thread have a turn: of tracks, about two milliseconds' work. */
const decodedAtOnce = 16;

/** Reads a bus stream as a durable consumer in batches bounded by size and age; see `Bus.consume`. */
export const consumeDurable = async <Name extends BusStreamName>(
  deps: ReaderDeps & { nats: NatsConnection },
  options: ConsumeOptions<Name>,
): Promise<void> => {
  const { clock, log } = deps;
  let failures = 0;
  while (!options.signal.aborted) {
    try {
      await consumeOnce(deps, options, () => {
        failures = 0;
      });
    } catch (error) {
      const delayMs = backoffDelayMs(failures++, retryBackoff);
      const reason = toBusError(error, `consumer ${options.durable} of ${options.stream}`);
      log.warn({ service: 'bus', err: reason, delayMs: Math.round(delayMs) }, 'reading interrupted');
      await clock.sleep(delayMs, options.signal);
    }
  }
};

const consumeOnce = async <Name extends BusStreamName>(
  deps: ReaderDeps & { nats: NatsConnection },
  options: ConsumeOptions<Name>,
  onProgress: () => void,
): Promise<void> => {
  const { nats, js, clock } = deps;
  const { stream, durable, maxBatch, maxWaitMs, signal } = options;
  const manager = await jetstreamManager(nats);
  await manager.consumers.add(stream, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: maxBatch * 2,
  });
  const consumer = await js.consumers.get(stream, durable);
  const messages = await consumer.consume({ max_messages: maxBatch });
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const batch of batches(messages, maxBatch, maxWaitMs, clock)) {
      await handOver(deps, options, batch);
      onProgress();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await messages.close();
  }
};

/** Gathers messages until there are `maxBatch` of them or the oldest has waited `maxWaitMs`. */
async function* batches(
  messages: ConsumerMessages,
  maxBatch: number,
  maxWaitMs: number,
  clock: Clock,
): AsyncGenerator<JsMsg[]> {
  const source = messages[Symbol.asyncIterator]();
  let batch: JsMsg[] = [];
  const advance = (): Promise<IteratorResult<JsMsg>> => {
    const pending = source.next();
    pending.catch(() => undefined); // heard of when it is awaited, which may be a long batch later
    return pending;
  };
  let next = advance();
  for (;;) {
    const first = await next;
    if (first.done) return;
    batch.push(first.value);
    next = advance();
    const waited = new AbortController();
    const deadline = clock.sleep(maxWaitMs, waited.signal).then(() => 'late' as const);
    let isEnded = false;
    while (batch.length < maxBatch) {
      const arrived = await Promise.race([next, deadline]);
      if (arrived === 'late') break;
      if (arrived.done) {
        isEnded = true;
        break;
      }
      batch.push(arrived.value);
      next = advance();
    }
    waited.abort();
    yield batch;
    if (isEnded) return;
    batch = [];
  }
}

const handOver = async <Name extends BusStreamName>(
  { clock, log, metrics }: ReaderDeps,
  { stream, durable, onBatch, signal }: ConsumeOptions<Name>,
  batch: readonly JsMsg[],
): Promise<void> => {
  const good: JsMsg[] = [];
  const values: BusMessage<BusPayloads[Name]>[] = [];
  for (const [index, message] of batch.entries()) {
    if (index % decodedAtOnce === decodedAtOnce - 1) await setImmediate();
    const value = decodePayload(stream, message.data);
    if (value === undefined) {
      message.term('not of the schema of this stream');
      countDamaged(metrics, log, stream, message.seq);
    } else {
      good.push(message);
      values.push({ sequence: message.seq, subject: message.subject, value });
    }
  }
  for (let attempt = 0; values.length > 0; attempt++) {
    const reason = await onBatch(values).then(
      () => undefined,
      (error: unknown) => error ?? 'failed',
    );
    if (reason === undefined) break;
    if (signal.aborted) return;
    log.warn({ service: 'bus', stream, durable, attempt, err: reason }, 'batch not taken, trying again');
    metrics.count('xueliang_bus_batch_retries_total', 'Batches a reader could not take at first', {
      stream,
      durable,
    });
    for (const message of good) message.working();
    await clock.sleep(backoffDelayMs(attempt, retryBackoff), signal);
    if (signal.aborted) return;
  }
  for (const message of good) message.ack();
};

/** A payload that is not of its schema: from another version, or damaged. Never silent. */
export const countDamaged = (metrics: Metrics, log: Logger, stream: string, sequence: number): void => {
  metrics.count('xueliang_bus_damaged_messages_total', 'Messages that did not fit their schema', { stream });
  log.error({ service: 'bus', stream, sequence }, 'message does not fit its schema; passed over');
};
