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

  /** By key and holder, the revision that was written last: to renew it nobody need be asked first. */
  const written = new Map<string, number>();

  const attempt = async (key: string, holder: string): Promise<number | undefined> => {
    const entry = await kv.get(key);
    if (entry?.operation !== 'PUT') return kv.create(key, holder);
    return entry.string() === holder ? kv.update(key, holder, entry.revision) : undefined;
  };

  /** Whether the lease is as it was left, and renewed. */
  const renew = async (key: string, holder: string): Promise<boolean> => {
    const name = nameOf(key, holder);
    const revision = written.get(name);
    if (revision === undefined) return false;
    written.delete(name);
    try {
      written.set(name, await kv.update(key, holder, revision));
      return true;
    } catch (error) {
      if (isConflict(toBusError(error, `lease ${key}`))) return false;
      throw error;
    }
  };

  const take = async (key: string, holder: string): Promise<boolean> => {
    const revision = await attempt(key, holder);
    if (revision !== undefined) written.set(nameOf(key, holder), revision);
    return revision !== undefined;
  };

  return {
    hold: async (key, holder) => {
      try {
        return (await renew(key, holder)) || (await take(key, holder));
      } catch (error) {
        const translated = toBusError(error, `lease ${key}`);
        if (!isConflict(translated)) throw translated;
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
      written.delete(nameOf(key, holder));
      const entry = await kv.get(key).catch(() => null);
      if (entry?.operation === 'PUT' && entry.string() === holder) {
        await kv.delete(key, { previousSeq: entry.revision }).catch(() => undefined); // it lapses by itself
      }
    },
  };
};

const nameOf = (key: string, holder: string): string => `${key} ${holder}`;

const isConflict = (error: unknown): boolean => isAppError(error) && error.code === 'bus-conflict';
