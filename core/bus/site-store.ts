import { type JetStreamPublishOptions, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type KV, type KvEntry, Kvm, type KvWatchEntry } from '@nats-io/kv';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { toBusError } from './connect-nats.ts';

/** Configuration resources under keys `<kind>.<id>`, each with the revision that compare-and-set needs. */
export interface StoredResource {
  key: string;
  value: unknown;
  revision: number;
}

export interface SiteStore {
  /** One resource; undefined when there is none of this key. */
  get(key: string): Promise<StoredResource | undefined>;
  /** Everything that is there now. */
  load(): Promise<Map<string, StoredResource>>;
  /** How far the whole bucket has come: for a change that is only good while nothing else changes. */
  mark(): Promise<number>;
  /**
   * Writes when the key still has `revision` (0: does not exist), and nothing of the bucket was written since `mark`, if
   * one is given. Throws `bus-conflict` otherwise.
   */
  put(key: string, value: unknown, revision: number, mark?: number): Promise<number>;
  /** Deletes under the same conditions. Throws `bus-conflict` otherwise. */
  remove(key: string, revision: number, mark?: number): Promise<void>;
  /**
   * Calls back with what is there, then with every change, until `signal` aborts; `undefined`: removed. `onCurrent` comes once,
   * behind what was there.
   */
  watch(
    signal: AbortSignal,
    onChange: (key: string, value: unknown) => void,
    onCurrent: () => void,
  ): Promise<void>;
}

const historyPerKey = 16;

/** Room for some 30,000 cameras with their history. */
export const siteStoreBytes = 128 * 1024 ** 2;

/** Opens the bucket `SITE`; the KV bucket rules over any file. */
export const openSiteStore = async (nats: NatsConnection): Promise<SiteStore> => {
  const kv = await new Kvm(nats)
    .create('SITE', { history: historyPerKey, max_bytes: siteStoreBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'configuration bucket')));
  return {
    get: async (key) =>
      toStored(await kv.get(key).catch((error: unknown) => Promise.reject(toBusError(error, key)))),
    load: () => load(kv),
    mark: async () => {
      const manager = await jetstreamManager(nats, { checkAPI: false }).catch(
        translated('the configuration'),
      );
      return (await manager.streams.info('KV_SITE').catch(translated('the configuration'))).state.last_seq;
    },
    put: (key, value, revision, mark) => {
      const text = JSON.stringify(value);
      if (mark !== undefined) return publishMarked(nats, { key, text, revision, mark });
      return (revision === 0 ? kv.create(key, text) : kv.update(key, text, revision)).catch(
        translated(`resource ${key}`),
      );
    },
    remove: async (key, revision, mark) => {
      if (mark !== undefined) await publishMarked(nats, { key, revision, mark });
      else await kv.delete(key, { previousSeq: revision }).catch(translated(`resource ${key}`));
    },
    watch: (signal, onChange, onCurrent) => watch(kv, signal, onChange, onCurrent),
  };
};

const translated = (thing: string) => (error: unknown) => Promise.reject(toBusError(error, thing));

interface MarkedChange {
  key: string;
  /** Nothing: it is deleted. */
  text?: string;
  revision: number;
  mark: number;
}

/** What the KV client does, and the server's check of the whole stream besides. */
const publishMarked = async (
  nats: NatsConnection,
  { key, text, revision, mark }: MarkedChange,
): Promise<number> => {
  const options: Partial<JetStreamPublishOptions> = {
    expect: { lastSequence: mark, lastSubjectSequence: revision },
  };
  if (text === undefined) {
    options.headers = headers();
    options.headers.set('KV-Operation', 'DEL');
  }
  const { seq } = await jetstream(nats)
    .publish(`$KV.SITE.${key}`, text ?? '', options)
    .catch(translated(`resource ${key}`));
  return seq;
};

const load = async (kv: KV): Promise<Map<string, StoredResource>> => {
  const found = new Map<string, StoredResource>();
  const keys: string[] = [];
  for await (const key of await kv.keys()) keys.push(key);
  for (const key of keys) {
    const stored = toStored(await kv.get(key));
    if (stored) found.set(key, stored);
  }
  return found;
};

const toStored = (entry: KvEntry | null): StoredResource | undefined =>
  entry?.operation === 'PUT'
    ? { key: entry.key, value: decode(entry.string()), revision: entry.revision }
    : undefined;

const watch = async (
  kv: KV,
  signal: AbortSignal,
  onChange: (key: string, value: unknown) => void,
  onCurrent: () => void,
): Promise<void> => {
  const changes = await kv.watch();
  const stop = (): void => changes.stop();
  signal.addEventListener('abort', stop, { once: true });
  let isCurrent = (await countKeys(kv)) === 0;
  if (isCurrent) onCurrent();
  for await (const entry of changes as AsyncIterable<KvWatchEntry>) {
    onChange(entry.key, entry.operation === 'PUT' ? decode(entry.string()) : undefined);
    if (isCurrent || entry.delta !== 0) continue;
    isCurrent = true;
    onCurrent();
  }
  signal.removeEventListener('abort', stop);
};

const countKeys = async (kv: KV): Promise<number> => (await kv.status()).values;

/** What is not JSON is no resource either: null fits no schema, so the site is unsound and the last sound one stays. */
const decode = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
