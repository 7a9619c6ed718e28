import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { BusMessage, BusPayloads, BusStreamName } from './bus.ts';
import { toBusError } from './connect-nats.ts';
import { decodePayload } from './payloads.ts';

const managerTimeoutMs = 5000;

/** The last message of a stream under a subject or filter. */
export const latestOf = async <Name extends BusStreamName>(
  nats: NatsConnection,
  stream: Name,
  filter: string,
): Promise<BusMessage<BusPayloads[Name]> | undefined> => {
  const manager = await jetstreamManager(nats, { timeout: managerTimeoutMs, checkAPI: false });
  try {
    const message = await manager.streams.getMessage(stream, { last_by_subj: filter });
    if (!message) return undefined;
    const value = decodePayload(stream, message.data);
    return value && { sequence: message.seq, subject: message.subject, value };
  } catch (error) {
    throw toBusError(error, `the latest of ${filter}`);
  }
};
