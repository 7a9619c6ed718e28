import { type KV, type KvEntry, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { Layouts } from '../schema/layout.ts';
import { toBusError } from './connect-nats.ts';

export interface LayoutsEntry {
  kept: Layouts;
  revision: number;
}

/** The wall layouts of each user under the user's id, shared by all API processes of a site. All may throw `bus-unavailable`. */
export interface LayoutStore {
  /** With revision 0 where there are none. */
  get(owner: string): Promise<LayoutsEntry>;
  /** Throws `bus-conflict` when somebody else has written since `revision`, `bus-full`. */
  put(owner: string, kept: Layouts, revision: number): Promise<number>;
  remove(owner: string): Promise<void>;
}

/** Some 6 kB for a user with twenty of sixteen cameras each: 2,500 such users. */
const maxBytes = 16 * 1024 ** 2;

const layouts = Compile(Layouts);

/** A key of the API is called `key:<id>`, which is no key of a bucket; no user's id has a dot. */
const keyOf = (owner: string): string => owner.replace(':', '.');

/** Opens the bucket `LAYOUTS`. Throws `bus-unavailable`. */
export const openLayoutStore = async (nats: NatsConnection): Promise<LayoutStore> => {
  const kv: KV = await new Kvm(nats)
    .create('LAYOUTS', { history: 1, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of layouts')));
  const translated = (error: unknown) => Promise.reject(toBusError(error, 'layouts'));
  return {
    get: async (owner) => toEntry(await kv.get(keyOf(owner)).catch(translated)),
    put: (owner, kept, revision) =>
      kv.put(keyOf(owner), JSON.stringify(kept), { previousSeq: revision }).catch(translated),
    remove: (owner) => kv.purge(keyOf(owner)).catch(translated),
  };
};

const none: Layouts = { schemaVersion: 1, revision: 0, layouts: [] };

/** What is damaged is written over. */
const toEntry = (entry: KvEntry | null): LayoutsEntry => {
  if (entry === null) return { kept: none, revision: 0 };
  const { revision } = entry;
  if (entry.operation !== 'PUT') return { kept: none, revision };
  try {
    const kept: unknown = JSON.parse(entry.string());
    return { kept: layouts.Check(kept) ? kept : none, revision };
  } catch {
    return { kept: none, revision };
  }
};
