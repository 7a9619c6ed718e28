import { isAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Resources } from '../../core/resources.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { User } from '../../core/schema/user.ts';
import { apiError } from '../errors.ts';
import { Accounts, toKeyId, toKeyPrincipal, toUserPrincipal } from './accounts.ts';
import { FailureLimit } from './failure-limit.ts';
import { isKeySecret, parseBearer } from './key-secret.ts';
import type { Principal } from './principal.ts';
import { SecretCheck } from './secret-check.ts';
import type { Sessions } from './sessions.ts';

export interface AuthenticatorDeps {
  resources: Resources;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** The address the API listens on. */
  host: string;
  sessions: Pick<Sessions, 'use' | 'isLive'>;
  secrets?: SecretCheck;
}

/**
 * A hash nobody has the secret of: an unknown user costs the same check as a wrong secret, so that the time taken
 * does not tell which users there are.
 */
const nobodysHash = `scrypt$32768$8$3$${Buffer.alloc(16, 1).toString('base64')}$${Buffer.alloc(32, 1).toString('base64')}`;

const userLimit = { allowed: 5, lockMs: 30_000, maxLockMs: 15 * 60_000, maxKeys: 10_000 };
/** One address that tries many names. */
const addressLimit = { allowed: 50, lockMs: 30_000, maxLockMs: 15 * 60_000, maxKeys: 10_000 };

/** Says who asks: from the `Authorization` header, or a session's token. */
export class Authenticator {
  readonly #deps: AuthenticatorDeps;
  readonly #accounts: Accounts;
  readonly #secrets: SecretCheck;
  readonly #byUser: FailureLimit;
  readonly #byAddress: FailureLimit;

  constructor(deps: AuthenticatorDeps) {
    this.#deps = deps;
    this.#accounts = new Accounts(deps);
    this.#secrets = deps.secrets ?? new SecretCheck(deps.clock);
    this.#byUser = new FailureLimit({ clock: deps.clock, ...userLimit });
    this.#byAddress = new FailureLimit({ clock: deps.clock, ...addressLimit });
  }

  /**
   * On loopback, while the site has no users, everybody is the site's own operator. In every other case HTTP Basic
   * names a user of the site, or a bearer token one of its keys. Throws `not-signed-in`, `sign-in-locked` or
   * `sign-in-busy`.
   */
  async authenticate(authorization: string | undefined, address: string): Promise<Principal> {
    const local = this.#accounts.local();
    if (local) return local;
    if (/^bearer /i.test(authorization ?? '')) return this.#keyOf(authorization);
    const given = parseBasic(authorization);
    if (!given) throw apiError('not-signed-in', 'sign in with the name and secret of a user of this site');
    return toUserPrincipal(await this.signIn(given.user, given.secret, address));
  }

  /** The user whose secret it is. Throws `not-signed-in`, `sign-in-locked` or `sign-in-busy`. */
  async signIn(name: string, secret: string, address: string): Promise<User> {
    const user = this.#accounts.user(name);
    const keys = { user: `${address} ${name}`, address };
    this.#refuseLocked(keys, user?.id ?? 'unknown');
    if (await this.#isRight(user, secret)) {
      this.#byUser.succeed(keys.user);
      if (user) return user;
    }
    this.#fail(keys, user?.id);
    throw apiError('not-signed-in', 'the name or the secret is wrong', { user: user?.id ?? 'unknown' });
  }

  /** Whose session a token is; nothing when it is over or was none. Throws `bus-unavailable`. */
  async principalOfSession(token: string): Promise<Principal | undefined> {
    const session = await this.#deps.sessions.use(token);
    const user = session && this.#accounts.user(session.user);
    if (!user || !this.#deps.sessions.isLive(session.id, user)) return undefined;
    return toUserPrincipal(user, session.id);
  }

  /** A user or key as they are now, whoever asks; nothing when there is none of that name, or the session is over. */
  principal(id: string, session?: string): Principal | undefined {
    const principal = this.#accounts.principal(id);
    if (session === undefined || !principal) return principal;
    const user = this.#accounts.user(id);
    return user && this.#deps.sessions.isLive(session, user) ? { ...principal, session } : undefined;
  }

  /** Whether whoever asked is still there, unchanged, and their session not over. For connections that outlive a request. */
  isStillValid(principal: Principal): boolean {
    const { id, session } = principal;
    return this.#accounts.isUnchanged(principal) && this.principal(id, session) !== undefined;
  }

  /** No lock: 256 bits are not guessed, and behind one address there may be many who would be locked out together. */
  #keyOf(authorization: string | undefined): Principal {
    const given = parseBearer(authorization);
    const key = given && this.#accounts.key(given.id);
    if (isKeySecret(given?.secret ?? '', key?.keyHash) && key) return toKeyPrincipal(key);
    this.#countFailure();
    throw apiError('not-signed-in', 'the key is wrong, or good no longer', {
      user: key ? toKeyId(key.id) : 'unknown',
    });
  }

  async #isRight(user: User | undefined, secret: string): Promise<boolean> {
    try {
      const isRight = await this.#secrets.isRight(secret, user?.passwordHash ?? nobodysHash);
      return isRight && user !== undefined;
    } catch (error) {
      if (!isAppError(error) || error.code !== 'hash-weak') throw error;
      this.#deps.log.error({ service: 'api', user: user?.id, err: error }, 'user cannot sign in');
      await this.#secrets.isRight(secret, nobodysHash); // takes as long as for anybody
      return false;
    }
  }

  #refuseLocked(keys: { user: string; address: string }, user: string): void {
    const { address } = keys;
    const lockedMs = Math.max(this.#byUser.lockedForMs(keys.user), this.#byAddress.lockedForMs(address));
    if (lockedMs === 0) return;
    const retryAfterSeconds = Math.ceil(lockedMs / 1000);
    throw apiError(
      'sign-in-locked',
      `too many failed sign-ins from ${address}; try again in ${retryAfterSeconds} s`,
      { retryAfterSeconds, user },
    );
  }

  /** A name that is no user's is not logged: people type their secret there. */
  #fail(keys: { user: string; address: string }, user: string | undefined): void {
    this.#byUser.fail(keys.user);
    this.#byAddress.fail(keys.address);
    this.#countFailure();
    this.#deps.log.warn(
      { service: 'api', user: user ?? 'unknown', address: keys.address },
      'sign-in refused',
    );
  }

  #countFailure(): void {
    this.#deps.metrics.count('xueliang_api_sign_in_failures_total', 'Sign-ins refused');
  }
}

/** Reads `Basic base64(user:secret)` (RFC 7617, UTF-8). */
const parseBasic = (header: string | undefined): { user: string; secret: string } | undefined => {
  const encoded = /^basic ([a-z0-9+/]+={0,2})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined || encoded.length > 1024) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { user: text.slice(0, colon), secret: text.slice(colon + 1) };
};
