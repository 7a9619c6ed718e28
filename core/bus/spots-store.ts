import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { toBusError } from './connect-nats.ts';

/** What each camera's static filter has learnt, under its id, so that it survives restarts and changes of worker. */
export interface SpotsStore {
  /** As it was put; undefined when nothing was, or when it is no JSON. Whoever reads it checks it. */
  get(cameraId: string): Promise<unknown>;
  put(cameraId: string, spots: readonly object[]): Promise<void>;
}

/** A camera has 64 spots of some 150 bytes at most: room for 6,000 such, and a town's need some kilobytes. */
const maxBytes = 64 * 1024 ** 2;

/** Opens the bucket `SPOTS`. Throws `bus-unavailable`. */
export const openSpotsStore = async (nats: NatsConnection): Promise<SpotsStore> => {
  const kv: KV = await new Kvm(nats)
    .create('SPOTS', { history: 1, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of static spots')));
  const translated = (cameraId: string) => (error: unknown) =>
    Promise.reject(toBusError(error, `static spots of ${cameraId}`));
  return {
    get: async (cameraId) => {
      const entry = await kv.get(cameraId).catch(translated(cameraId));
      return entry?.operation === 'PUT' ? decode(entry.string()) : undefined;
    },
    put: async (cameraId, spots) => {
      await kv.put(cameraId, JSON.stringify(spots)).catch(translated(cameraId));
    },
  };
};

const decode = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // learnt again within minutes
  }
};
