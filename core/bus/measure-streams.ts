import { DiscardPolicy, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { type ConsumerUsage, maxToldConsumers, type StreamUsage } from '../schema/bus-usage.ts';
import { toBusError } from './connect-nats.ts';
import { defaultStreamLimits, streamDefinitions } from './streams.ts';

const answerMs = 5000;
const nanosPerMs = nanos(1);

/** How full every stream of the program is, and who reads it. Throws `bus-unavailable` or `bus-refused`. */
export const measureStreams = async (nats: NatsConnection): Promise<StreamUsage[]> => {
  try {
    const manager = await jetstreamManager(nats, { timeout: answerMs, checkAPI: false });
    const names = streamDefinitions(defaultStreamLimits).map(({ name }) => name);
    return await Promise.all(names.map((name) => measureStream(manager, name)));
  } catch (error) {
    throw toBusError(error, 'the streams of the bus');
  }
};

const measureStream = async (manager: JetStreamManager, name: string): Promise<StreamUsage> => {
  const { state, config } = await manager.streams.info(name);
  const lastAt = Date.parse(state.last_ts);
  return {
    name,
    messages: state.messages,
    bytes: state.bytes,
    maxBytes: Math.max(0, config.max_bytes),
    maxAgeMs: Math.round(config.max_age / nanosPerMs),
    whenFull: config.discard === DiscardPolicy.New ? 'refuses' : 'forgets',
    lastSequence: state.last_seq,
    // A stream that never had a message says that it had one in the year 1.
    ...(lastAt > 0 ? { lastAt } : {}),
    consumers: await consumersOf(manager, name),
  };
};

const consumersOf = async (manager: JetStreamManager, stream: string): Promise<ConsumerUsage[]> => {
  const found: ConsumerUsage[] = [];
  for await (const info of manager.consumers.list(stream)) {
    // What follows a stream for as long as it runs has no name of its own, and leaves nothing undone.
    if (info.config.durable_name === undefined) continue;
    found.push({
      name: info.name,
      pending: info.num_pending,
      unacknowledged: info.num_ack_pending,
      redelivered: info.num_redelivered,
      sequence: info.delivered.stream_seq,
    });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, maxToldConsumers);
};
