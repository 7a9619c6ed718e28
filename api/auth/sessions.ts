import { createHash, randomBytes } from 'node:crypto';
import type { SessionEntry, SessionStore } from '../../core/bus/session-store.ts';
import { isAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { StoredSession } from '../../core/schema/session.ts';
import type { User } from '../../core/schema/user.ts';
import { rolesOf } from './accounts.ts';
import { tokenBytes, toSessionId } from './session-token.ts';

export interface SessionsDeps {
  store: SessionStore;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** 5000 unless said; a site has some hundred people. */
  maxSessions?: number;
}

/** OWASP ASVS 5.0, 7.3: an end when nothing is asked, and one that comes whatever is asked: a shift. */
const idleMs = 30 * 60_000;
const absoluteMs = 12 * 3_600_000;
/** How far `seenAt` may lie behind: a write a minute is enough for half an hour. */
const touchMs = 60_000;
const maxPerUser = 8;
const usualMaxSessions = 5000;
const backoff = { baseMs: 250, maxMs: 10_000 };

/** A session as its holder gets to see it. */
export interface Session {
  id: string;
  user: string;
  /** When it is over at the latest. */
  expiresAt: number;
}

/** What a session holds its user to: anything else than at sign-in, and it is over. */
const markOf = (user: User): string =>
  createHash('sha256')
    .update(JSON.stringify([user.id, user.passwordHash, user.ground, [...rolesOf(user)].sort()]))
    .digest('base64url');

/**
 * Who is signed in, in all API processes of the site. Each follows the bucket and keeps what it holds in memory, so that
 * a request asks nobody and streams end soon after their session.
 */
export class Sessions {
  readonly #deps: SessionsDeps;
  readonly #entries = new Map<string, SessionEntry>();
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Begins to follow the bucket. */
  start(): void {
    const { clock, log } = this.#deps;
    const { signal } = this.#stopping;
    const options = { name: 'following sessions', clock, log, signal, backoff, healthyAfterMs: 60_000 };
    this.#running = supervise((attempt) => this.#follow(attempt), options);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Signs a user in. The token is told here, once. Throws `bus-unavailable`. */
  async begin(user: User): Promise<Session & { token: string }> {
    await this.#makeRoom(user.id);
    const token = randomBytes(tokenBytes).toString('base64url');
    const id = toSessionId(token);
    const now = Math.round(this.#deps.clock.now());
    const facts = { user: user.id, userMark: markOf(user), startedAt: now, seenAt: now };
    const session: StoredSession = { schemaVersion: 1, ...facts };
    this.#entries.set(id, { session, revision: await this.#deps.store.create(id, session) });
    this.#gauge();
    return { ...toSession(id, session), token };
  }

  /** The session of a token, which counts as used now; nothing when there is none or it is over. Throws `bus-unavailable`. */
  async use(token: string): Promise<Session | undefined> {
    const id = toSessionId(token);
    const entry = this.#entries.get(id) ?? (await this.#deps.store.get(id));
    if (!entry || this.#isOver(entry.session)) return undefined;
    this.#entries.set(id, entry);
    if (this.#deps.clock.now() - entry.session.seenAt >= touchMs) this.#touch(id, entry);
    return toSession(id, entry.session);
  }

  /** Whether a session is still good, and its user as they were when they signed in. */
  isLive(id: string, user: User): boolean {
    const session = this.#entries.get(id)?.session;
    return session?.user === user.id && !this.#isOver(session) && session.userMark === markOf(user);
  }

  /** Throws `bus-unavailable`. */
  async end(id: string): Promise<void> {
    await this.#deps.store.remove(id);
    this.#entries.delete(id);
    this.#gauge();
  }

  #isOver({ startedAt, seenAt }: StoredSession): boolean {
    const now = this.#deps.clock.now();
    return now - startedAt >= absoluteMs || now - seenAt >= idleMs;
  }

  /** Nothing waits for it: when it fails, the next request tries again. */
  #touch(id: string, { session, revision }: SessionEntry): void {
    const { store, clock, log } = this.#deps;
    const touched = { ...session, seenAt: Math.round(clock.now()) };
    // At once: others that come meanwhile need not write it too.
    this.#entries.set(id, { session: touched, revision });
    store.update(id, touched, revision).then(
      (next) => {
        if (this.#entries.has(id)) this.#entries.set(id, { session: touched, revision: next });
      },
      (error: unknown) => {
        // Another process has written or ended it: what that wrote comes by following.
        if (isAppError(error) && error.code === 'bus-conflict') void this.#refresh(id);
        else log.warn({ service: 'api', err: error }, 'use of a session was not written');
      },
    );
  }

  async #refresh(id: string): Promise<void> {
    const { store, log } = this.#deps;
    try {
      this.#changed(id, await store.get(id));
    } catch (error) {
      log.warn({ service: 'api', err: error }, 'a session could not be read');
    }
  }

  /** Ends the oldest of a user who has too many; of all, the one that was used longest ago. */
  async #makeRoom(user: string): Promise<void> {
    for (const [id, { session }] of [...this.#entries]) {
      if (this.#isOver(session)) await this.end(id);
    }
    const all = [...this.#entries].map(([id, { session }]) => ({ id, ...session }));
    const own = all.filter((one) => one.user === user).sort((a, b) => a.startedAt - b.startedAt);
    const surplus = own.slice(0, Math.max(0, own.length - maxPerUser + 1));
    const rest = all.filter(({ id }) => !surplus.some((one) => one.id === id));
    const { maxSessions = usualMaxSessions } = this.#deps;
    if (rest.length >= maxSessions)
      surplus.push(...rest.sort((a, b) => a.seenAt - b.seenAt).slice(0, rest.length - maxSessions + 1));
    for (const { id } of surplus) {
      await this.end(id);
      this.#deps.metrics.count(
        'xueliang_api_sessions_displaced_total',
        'Sessions that ended because there were too many',
      );
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const found = new Set<string>();
    let isCurrent = false;
    const onChange = (id: string, entry: SessionEntry | undefined): void => {
      if (!isCurrent && entry) found.add(id);
      this.#changed(id, entry);
    };
    const known = [...this.#entries.keys()];
    await this.#deps.store.follow(signal, onChange, () => {
      isCurrent = true;
      // What ended while nothing was followed.
      for (const id of known) if (!found.has(id)) this.#changed(id, undefined);
    });
  }

  #changed(id: string, entry: SessionEntry | undefined): void {
    const known = this.#entries.get(id);
    if (!entry || this.#isOver(entry.session)) this.#entries.delete(id);
    else if (!known || known.revision < entry.revision) this.#entries.set(id, entry);
    this.#gauge();
  }

  #gauge(): void {
    this.#deps.metrics.gauge('xueliang_api_sessions', 'Sessions that are open', this.#entries.size);
  }
}

const toSession = (id: string, { user, startedAt }: StoredSession): Session => ({
  id,
  user,
  expiresAt: startedAt + absoluteMs,
});
