import { type KV, type KvEntry, Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { StoredSession } from '../schema/session.ts';
import { toBusError } from './connect-nats.ts';

export interface SessionEntry {
  session: StoredSession;
  revision: number;
}

/** Sessions under the SHA-256 of their tokens (base64url), shared by all API processes of a site. All may throw `bus-unavailable`. */
export interface SessionStore {
  create(id: string, session: StoredSession): Promise<number>;
  get(id: string): Promise<SessionEntry | undefined>;
  /** Throws `bus-conflict` when it was written or ended since `revision`: what is over does not come back. */
  update(id: string, session: StoredSession, revision: number): Promise<number>;
  remove(id: string): Promise<void>;
  /**
   * Calls back with what is there, then with every change, until `signal` aborts; `undefined`: it is over. `onCurrent`
   * comes once, behind what was there.
   */
  follow(
    signal: AbortSignal,
    onChange: (id: string, entry: SessionEntry | undefined) => void,
    onCurrent: () => void,
  ): Promise<void>;
}

/** A session ends after twelve hours, and is not written after that. */
const ttlMs = 24 * 3_600_000;
/** Some 300 bytes each: ten times as many as there may be at once. */
const maxBytes = 16 * 1024 ** 2;

const sessions = Compile(StoredSession);

/** Opens the bucket `SESSIONS`. Throws `bus-unavailable`. */
export const openSessionStore = async (nats: NatsConnection): Promise<SessionStore> => {
  const kv: KV = await new Kvm(nats)
    .create('SESSIONS', { history: 1, ttl: ttlMs, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of sessions')));
  const translated = (error: unknown) => Promise.reject(toBusError(error, 'a session'));
  return {
    create: (id, session) => kv.create(id, JSON.stringify(session)).catch(translated),
    get: async (id) => toEntry(await kv.get(id).catch(translated)),
    update: (id, session, revision) => kv.update(id, JSON.stringify(session), revision).catch(translated),
    remove: async (id) => {
      await kv.delete(id).catch(translated);
    },
    follow: (signal, onChange, onCurrent) => follow(kv, signal, onChange, onCurrent).catch(translated),
  };
};

const follow = async (
  kv: KV,
  signal: AbortSignal,
  onChange: (id: string, entry: SessionEntry | undefined) => void,
  onCurrent: () => void,
): Promise<void> => {
  const changes = await kv.watch();
  const stop = (): void => changes.stop();
  signal.addEventListener('abort', stop, { once: true });
  let isCurrent = (await kv.status()).values === 0;
  if (isCurrent) onCurrent();
  for await (const entry of changes as AsyncIterable<KvWatchEntry>) {
    onChange(entry.key, toEntry(entry));
    if (isCurrent || entry.delta !== 0) continue;
    isCurrent = true;
    onCurrent();
  }
  signal.removeEventListener('abort', stop);
};

/** What is damaged is no session: whoever holds it signs in again. */
const toEntry = (entry: KvEntry | null): SessionEntry | undefined => {
  if (entry?.operation !== 'PUT') return undefined;
  try {
    const session: unknown = JSON.parse(entry.string());
    return sessions.Check(session) ? { session, revision: entry.revision } : undefined;
  } catch {
    return undefined;
  }
};
