import { jetstreamManager } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import type { AlertEvent } from '../schema/alert.ts';
import { DeadLetter } from '../schema/feed.ts';
import { toBusError } from './connect-nats.ts';
import { decodePayload } from './payloads.ts';

/** What receivers were not told. Events stay in `ALERTS`; here is which, and why. */
export interface DeadLetterStore {
  put(letter: DeadLetter): Promise<void>;
  /** A feed's, oldest first. */
  of(feedId: string): Promise<DeadLetter[]>;
  remove(letter: Pick<DeadLetter, 'feedId' | 'sequence'>): Promise<void>;
  /** The event itself; undefined when it can no longer be read. */
  eventOf(letter: Pick<DeadLetter, 'sequence'>): Promise<AlertEvent | undefined>;
}

/** Some 500 bytes each: room for a thousand of each of sixty feeds. */
const maxBytes = 32 * 1024 ** 2;
const letterCheck = Compile(DeadLetter);

/** Opens the bucket `DEAD_LETTERS`. Throws `bus-unavailable`. */
export const openDeadLetterStore = async (nats: NatsConnection): Promise<DeadLetterStore> => {
  const kv = await new Kvm(nats)
    .create('DEAD_LETTERS', { history: 1, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of dead letters')));
  const translated = (error: unknown) => Promise.reject(toBusError(error, 'dead letters'));
  return {
    put: async (letter) => {
      await kv.put(keyOf(letter), JSON.stringify(letter)).catch(translated);
    },
    of: (feedId) => lettersOf(kv, feedId).catch(translated),
    remove: (letter) => kv.purge(keyOf(letter)).catch(translated),
    eventOf: async ({ sequence }) => {
      const manager = await jetstreamManager(nats, { checkAPI: false });
      const message = await manager.streams.getMessage('ALERTS', { seq: sequence }).catch(translated);
      return message ? decodePayload('ALERTS', message.data) : undefined;
    },
  };
};

const keyOf = ({ feedId, sequence }: Pick<DeadLetter, 'feedId' | 'sequence'>): string =>
  `${feedId}.${sequence}`;

const lettersOf = async (kv: KV, feedId: string): Promise<DeadLetter[]> => {
  const keys: string[] = [];
  for await (const key of await kv.keys(`${feedId}.*`)) keys.push(key);
  const letters: DeadLetter[] = [];
  for (const key of keys) {
    const letter = decode((await kv.get(key))?.string());
    if (letter) letters.push(letter);
  }
  return letters.sort((a, b) => a.sequence - b.sequence);
};

const decode = (text: string | undefined): DeadLetter | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return letterCheck.Check(value) ? value : undefined;
  } catch {
    return undefined; // another version's, or removed meanwhile
  }
};
