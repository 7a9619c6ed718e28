import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import type { Metrics } from '../metrics.ts';
import { supervise } from '../runtime/supervise.ts';
import { CameraNormals } from '../schema/normals.ts';
import type { ActivityNormals, StageDeps } from '../stages.ts';
import { toBusError } from './connect-nats.ts';

/** What is normal on each camera, under its id. Made of the history alone: whatever is lost is computed again. */
export interface NormalsStore {
  put(normals: CameraNormals): Promise<void>;
  remove(cameraId: string): Promise<void>;
  /** The cameras of which something is kept. */
  cameraIds(): Promise<string[]>;
}

/** What is normal, kept up to date. */
export interface FollowedNormals extends ActivityNormals {
  close(): Promise<void>;
}

/** A camera's entry is 2 kB a label: room for some 10,000 cameras with three labels each. */
const maxBytes = 64 * 1024 ** 2;
const backoff = { baseMs: 250, maxMs: 10_000 };
const normalsCheck = Compile(CameraNormals);

/** Opens the bucket `NORMALS`. Throws `bus-unavailable`. */
export const openNormalsStore = async (nats: NatsConnection): Promise<NormalsStore> => {
  const kv = await openBucket(nats);
  const translated = (cameraId: string) => (error: unknown) =>
    Promise.reject(toBusError(error, `normals of ${cameraId}`));
  return {
    put: async (normals) => {
      const { cameraId } = normals;
      await kv.put(cameraId, JSON.stringify(normals)).catch(translated(cameraId));
    },
    remove: (cameraId) => kv.purge(cameraId).catch(translated(cameraId)),
    cameraIds: async () => {
      const found: string[] = [];
      try {
        for await (const key of await kv.keys()) found.push(key);
      } catch (error) {
        throw toBusError(error, 'cameras with normals');
      }
      return found;
    },
  };
};

/** Follows the bucket `NORMALS` until closed. While the bus is away what was heard last holds. */
export const followNormals = (nats: NatsConnection, { clock, log, metrics }: StageDeps): FollowedNormals => {
  const known = new Map<string, CameraNormals>();
  const stopping = new AbortController();
  const following = supervise((signal) => follow(nats, known, metrics, signal), {
    ...{ name: 'following normals', clock, log, backoff },
    signal: stopping.signal,
    healthyAfterMs: 60_000,
  });
  return {
    of: (cameraId) => known.get(cameraId),
    close: async () => {
      stopping.abort();
      await following;
    },
  };
};

const openBucket = (nats: NatsConnection): Promise<KV> =>
  new Kvm(nats)
    .create('NORMALS', { history: 1, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of normals')));

const follow = async (
  nats: NatsConnection,
  known: Map<string, CameraNormals>,
  metrics: Metrics,
  signal: AbortSignal,
): Promise<void> => {
  const changes = await (await openBucket(nats)).watch();
  const stop = (): void => changes.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  for await (const entry of changes) {
    const normals = entry.operation === 'PUT' ? decode(entry.string()) : undefined;
    if (normals) known.set(entry.key, normals);
    else known.delete(entry.key);
    if (entry.operation === 'PUT' && !normals)
      metrics.count('xueliang_bus_damaged_normals_total', 'Entries of NORMALS that could not be read');
  }
  signal.removeEventListener('abort', stop);
};

const decode = (text: string): CameraNormals | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return normalsCheck.Check(value) ? value : undefined;
  } catch {
    return undefined; // not JSON: counted by the caller
  }
};
