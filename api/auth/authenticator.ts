import { isAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Resources } from '../../core/resources.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { rights, rightsOf } from '../../core/schema/role.ts';
import type { User } from '../../core/schema/user.ts';
import { apiError } from '../errors.ts';
import { FailureLimit } from './failure-limit.ts';
import { isLoopbackHost } from './loopback.ts';
import type { Principal } from './principal.ts';
import { SecretCheck } from './secret-check.ts';

export interface AuthenticatorDeps {
  resources: Resources;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** The address the API listens on. */
  host: string;
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

/** Whoever is at the machine while the site has no users. */
const localId = 'local';

/** Says who asks, from the `Authorization` header alone. */
export class Authenticator {
  readonly #deps: AuthenticatorDeps;
  readonly #secrets: SecretCheck;
  readonly #byUser: FailureLimit;
  readonly #byAddress: FailureLimit;

  constructor(deps: AuthenticatorDeps) {
    this.#deps = deps;
    this.#secrets = deps.secrets ?? new SecretCheck(deps.clock);
    this.#byUser = new FailureLimit({ clock: deps.clock, ...userLimit });
    this.#byAddress = new FailureLimit({ clock: deps.clock, ...addressLimit });
  }

  /**
   * On loopback, while the site has no users, everybody is the site's own operator. In every other case HTTP Basic
   * names a user of the site. Throws `not-signed-in`, `sign-in-locked` or `sign-in-busy`.
   */
  async authenticate(authorization: string | undefined, address: string): Promise<Principal> {
    const { resources, host } = this.#deps;
    const users = resources.users();
    if (isLoopbackHost(host) && users.length === 0) return this.#local();
    const given = parseBasic(authorization);
    if (!given) throw apiError('not-signed-in', 'sign in with the name and secret of a user of this site');
    const user = users.find(({ id }) => id === given.user);
    const keys = { user: `${address} ${given.user}`, address };
    this.#refuseLocked(keys, user?.id ?? 'unknown');
    if (await this.#isRight(user, given.secret)) {
      this.#byUser.succeed(keys.user);
      if (user) return toPrincipal(user);
    }
    this.#fail(keys, user?.id);
    throw apiError('not-signed-in', 'the name or the secret is wrong', { user: user?.id ?? 'unknown' });
  }

  /** A user as they are now, whoever asks; nothing when there is none of that name. */
  principal(id: string): Principal | undefined {
    const { resources, host } = this.#deps;
    const users = resources.users();
    if (isLoopbackHost(host) && users.length === 0) return id === localId ? this.#local() : undefined;
    const user = users.find((one) => one.id === id);
    return user && toPrincipal(user);
  }

  /** Whether a principal's user is still there, unchanged. For connections that outlive a request. */
  isStillValid({ id, ground, rights: held, signedInWith }: Principal): boolean {
    const { resources, host } = this.#deps;
    const users = resources.users();
    if (signedInWith === undefined) return isLoopbackHost(host) && users.length === 0;
    return users.some(
      (user) =>
        user.id === id &&
        user.ground === ground &&
        user.passwordHash === signedInWith &&
        [...held].every((right) => rightsOf(rolesOf(user)).has(right)),
    );
  }

  #local(): Principal {
    return { id: localId, ground: this.#deps.resources.site().place, rights: new Set(rights) };
  }

  async #isRight(user: User | undefined, secret: string): Promise<boolean> {
    try {
      const isRight = await this.#secrets.isRight(secret, user?.passwordHash ?? nobodysHash);
      return isRight && user !== undefined;
    } catch (error) {
      if (!isAppError(error) || error.code !== 'hash-weak') throw error;
      this.#deps.log.error({ service: 'api', user: user?.id, err: error }, 'user cannot sign in');
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
    this.#deps.metrics.count('xueliang_api_sign_in_failures_total', 'Sign-ins refused');
    this.#deps.log.warn(
      { service: 'api', user: user ?? 'unknown', address: keys.address },
      'sign-in refused',
    );
  }
}

/** The least for whom the site file names no roles. */
const rolesOf = ({ roles }: User) => roles ?? (['operator'] as const);

const toPrincipal = (user: User): Principal => ({
  id: user.id,
  ground: user.ground,
  rights: rightsOf(rolesOf(user)),
  signedInWith: user.passwordHash,
});

/** Reads `Basic base64(user:secret)` (RFC 7617, UTF-8). */
const parseBasic = (header: string | undefined): { user: string; secret: string } | undefined => {
  const encoded = /^basic ([a-z0-9+/]+={0,2})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined || encoded.length > 1024) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { user: text.slice(0, colon), secret: text.slice(colon + 1) };
};
