import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { AnswerLink } from '../schema/answer.ts';
import { toBusError } from './connect-nats.ts';

export interface StoredAnswer {
  link: AnswerLink;
  revision: number;
}

/** Answer links under the SHA-256 of their tokens, in hex. */
export interface AnswerStore {
  create(tokenHash: string, link: AnswerLink): Promise<void>;
  /** Nothing when there is none, or no longer. Throws `bus-unavailable`. */
  get(tokenHash: string): Promise<StoredAnswer | undefined>;
  /** Throws `bus-conflict` when somebody else has written since `revision`. */
  update(tokenHash: string, link: AnswerLink, revision: number): Promise<void>;
}

/** A link lives a day at most; for another one it can still be said that it is over. */
const ttlMs = 2 * 86_400_000;
/** Some 300 bytes each: 40,000 dispatches in two days. */
const maxBytes = 16 * 1024 ** 2;

const links = Compile(AnswerLink);

/** Opens the bucket `ANSWERS`. Throws `bus-unavailable`. */
export const openAnswerStore = async (nats: NatsConnection): Promise<AnswerStore> => {
  const kv: KV = await new Kvm(nats)
    .create('ANSWERS', { history: 1, ttl: ttlMs, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of answer links')));
  const translated = (error: unknown) => Promise.reject(toBusError(error, 'an answer link'));
  return {
    create: async (tokenHash, link) => {
      await kv.create(tokenHash, JSON.stringify(link)).catch(translated);
    },
    get: async (tokenHash) => {
      const entry = await kv.get(tokenHash).catch(translated);
      if (entry?.operation !== 'PUT') return undefined;
      const link = parse(entry.string());
      return link && { link, revision: entry.revision };
    },
    update: async (tokenHash, link, revision) => {
      await kv.update(tokenHash, JSON.stringify(link), revision).catch(translated);
    },
  };
};

/** What is damaged is no link: whoever holds it is sent another. */
const parse = (text: string): AnswerLink | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return links.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
