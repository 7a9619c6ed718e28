import { type Consumer, DeliverPolicy, type JsMsg, type OrderedConsumerOptions } from '@nats-io/jetstream';
import { backoffDelayMs } from '../runtime/backoff.ts';
import type { BusMessage, BusPayloads, BusStreamName, FollowFrom, FollowOptions } from './bus.ts';
import { toBusError } from './connect-nats.ts';
import { countDamaged, type ReaderDeps } from './consume.ts';
import { decodePayload } from './payloads.ts';

const retryBackoff = { baseMs: 250, maxMs: 10_000 };
const fetchWaitMs = 2000;
/** Fetches that may come back with nothing before what was promised is given up. */
const maxIdleFetches = 5;

/**
 * A fixed place in the stream for `new`, so that a reader that is interrupted before its first message misses none.
 * A stream that ends before the place asked for has been made anew: it is read as at first.
 */
const fixedStart = async (
  { js }: ReaderDeps,
  stream: BusStreamName,
  from: FollowFrom,
  first: FollowFrom,
): Promise<Exclude<FollowFrom, 'new'>> => {
  if (from === 'all' || from === 'lastPerSubject') return from;
  const manager = await js.jetstreamManager();
  const end = (await manager.streams.info(stream)).state.last_seq + 1;
  if (from !== 'new' && from.sequence <= end) return from;
  return first === 'all' || first === 'lastPerSubject' ? first : { sequence: end };
};

const startAt = (from: Exclude<FollowFrom, 'new'>): Partial<OrderedConsumerOptions> => {
  if (from === 'all') return { deliver_policy: DeliverPolicy.All };
  if (from === 'lastPerSubject')
    return { deliver_policy: DeliverPolicy.LastPerSubject, filter_subjects: '>' };
  return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from.sequence };
};

/** Reads a bus stream in order without remembering anything at the server; see `Bus.follow`. */
export const followStream = async <Name extends BusStreamName>(
  deps: ReaderDeps,
  options: FollowOptions<Name>,
): Promise<void> => {
  const { js, clock, log, metrics } = deps;
  const { stream, signal, onMessage, onCaughtUp } = options;
  let from = options.from;
  let isCaughtUp = false;
  let failures = 0;
  const caughtUp = (): void => {
    if (!isCaughtUp) onCaughtUp?.();
    isCaughtUp = true;
  };
  const take = (message: JsMsg): void => {
    failures = 0;
    from = { sequence: message.seq + 1 };
    const value = decodePayload(stream, message.data);
    if (value === undefined) countDamaged(metrics, log, stream, message.seq);
    else onMessage({ sequence: message.seq, subject: message.subject, value });
    if (message.info.pending === 0) caughtUp();
  };
  while (!signal.aborted) {
    try {
      const start = await fixedStart(deps, stream, from, options.from);
      from = start;
      const consumer = await js.consumers.get(stream, startAt(start));
      if ((await consumer.info()).num_pending === 0) caughtUp();
      const pumping = new AbortController();
      const asking = askWhileBehind({
        ...{ consumer, clock, caughtUp, signal: AbortSignal.any([signal, pumping.signal]) },
        isBehind: () => !isCaughtUp,
        nextSequence: () => (typeof from === 'object' ? from.sequence : 0),
      });
      await pump(consumer, signal, take).finally(() => pumping.abort());
      await asking;
    } catch (error) {
      const delayMs = backoffDelayMs(failures++, retryBackoff);
      log.warn({ service: 'bus', err: toBusError(error, `following ${stream}`) }, 'following interrupted');
      await clock.sleep(delayMs, signal);
    }
  }
};

interface Behind {
  consumer: Pick<Consumer, 'info'>;
  clock: ReaderDeps['clock'];
  signal: AbortSignal;
  caughtUp(): void;
  isBehind(): boolean;
  nextSequence(): number;
}

/**
 * What was still to come may age out, or be pushed out, before it does; then no message ever says that it was the last. So
 * it is asked from time to time whether anything is left: nothing, once all that was delivered has been taken.
 */
const askWhileBehind = async (behind: Behind): Promise<void> => {
  const { consumer, clock, signal, caughtUp, isBehind, nextSequence } = behind;
  while (isBehind() && !signal.aborted) {
    await clock.sleep(fetchWaitMs, signal);
    if (signal.aborted || !isBehind()) return;
    const info = await consumer.info().catch(() => undefined); // made anew in this moment, or the bus is away
    if (info?.num_pending === 0 && info.delivered.stream_seq < Math.max(1, nextSequence())) caughtUp();
  }
};

const pump = async (
  consumer: Consumer,
  signal: AbortSignal,
  take: (message: JsMsg) => void,
): Promise<void> => {
  const messages = await consumer.consume({ max_messages: 1000 });
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const message of messages) take(message);
  } finally {
    signal.removeEventListener('abort', stop);
    await messages.close();
    await consumer.delete().catch(() => undefined); // the server forgets an unused one by itself
  }
};

/** All messages under one subject filter from `sinceMs` on that are there now, oldest first. */
export const readAll = async <Name extends BusStreamName>(
  deps: ReaderDeps,
  stream: Name,
  filter: string,
  sinceMs: number,
): Promise<BusMessage<BusPayloads[Name]>[]> => {
  const found: BusMessage<BusPayloads[Name]>[] = [];
  await readEach(deps, stream, filter, sinceMs, (message) => found.push(message));
  return found;
};

/** As `readAll`, one after the other, for what is too much to have at once. */
export const readEach = async <Name extends BusStreamName>(
  { js, log, metrics }: ReaderDeps,
  stream: Name,
  filter: string,
  sinceMs: number,
  onMessage: (message: BusMessage<BusPayloads[Name]>) => void,
): Promise<void> => {
  try {
    const consumer = await js.consumers.get(stream, {
      filter_subjects: filter,
      deliver_policy: DeliverPolicy.StartTime,
      opt_start_time: new Date(sinceMs).toISOString(),
    });
    let pending = (await consumer.info()).num_pending;
    for (let idle = 0; pending > 0 && idle < maxIdleFetches; idle++) {
      const batch = await consumer.fetch({ max_messages: Math.min(pending, 500), expires: fetchWaitMs });
      for await (const message of batch) {
        pending = message.info.pending;
        idle = 0;
        const value = decodePayload(stream, message.data);
        if (value === undefined) countDamaged(metrics, log, stream, message.seq);
        else onMessage({ sequence: message.seq, subject: message.subject, value });
      }
    }
    await consumer.delete().catch(() => undefined); // the server forgets an unused one by itself
    if (pending > 0) throw new Error(`${pending} messages did not come`);
  } catch (error) {
    throw toBusError(error, `reading ${filter}`);
  }
};
