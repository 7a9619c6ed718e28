import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { isAppError } from '../errors.ts';
import { toBusError } from './connect-nats.ts';

/** Who holds a camera: at most one worker, until it stops renewing. */
export interface LeaseStore {
  /**
   * Takes or renews the lease by compare-and-set. Resolves to whether `holder` has it now. Throws `bus-unavailable`
   * when nobody could be asked: the caller then keeps what it had.
   */
  hold(key: string, holder: string): Promise<boolean>;
  /** Who has the lease now; undefined when nobody has. Throws `bus-unavailable`. */
  holderOf(key: string): Promise<string | undefined>;
  /** Gives the lease back when `holder` has it. */
  release(key: string, holder: string): Promise<void>;
}

/** Opens the bucket `LEASES`, whose entries disappear when they have not been renewed for `ttlMs`. */
export const openLeaseStore = async (nats: NatsConnection, ttlMs: number): Promise<LeaseStore> => {
  const kv = await new Kvm(nats)
    .create('LEASES', { history: 1, ttl: ttlMs, max_bytes: 8 * 1024 ** 2 })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'lease bucket')));

  const attempt = async (key: string, holder: string): Promise<boolean> => {
    const entry = await kv.get(key);
    if (entry?.operation !== 'PUT') {
      await kv.create(key, holder);
      return true;
    }
    if (entry.string() !== holder) return false;
    await kv.update(key, holder, entry.revision);
    return true;
  };

  return {
    hold: async (key, holder) => {
      try {
        return await attempt(key, holder);
      } catch (error) {
        const translated = toBusError(error, `lease ${key}`);
        if (!isAppError(translated) || translated.code !== 'bus-conflict') throw translated;
        const winner = await kv.get(key);
        return winner?.operation === 'PUT' && winner.string() === holder;
      }
    },
    holderOf: async (key) => {
      try {
        const entry = await kv.get(key);
        return entry?.operation === 'PUT' ? entry.string() : undefined;
      } catch (error) {
        throw toBusError(error, `lease ${key}`);
      }
    },
    release: async (key, holder) => {
      const entry = await kv.get(key).catch(() => null);
      if (entry?.operation === 'PUT' && entry.string() === holder) {
        await kv.delete(key, { previousSeq: entry.revision }).catch(() => undefined); // it lapses by itself
      }
    },
  };
};
