import type { FastifyRequest } from 'fastify';
import { isAppError } from '../../core/errors.ts';
import type { ApiKey } from '../../core/schema/api-key.ts';
import type { User } from '../../core/schema/user.ts';
import type { ApiDeps } from '../api-deps.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { apiError } from '../errors.ts';
import { requireAdministrator } from './account-rules.ts';

export interface UserChangesDeps extends Pick<ApiDeps, 'resources' | 'store'> {
  trail: AuditTrail;
}

export interface StoredUser {
  user: User;
  revision: number;
}

/** Waiting for one's turn. */
const maxWaiting = 32;
/** Of a change that takes away rights, while other things are being configured. */
const maxTries = 5;
const maxUsers = 10_000;
const maxKeys = 1000;

/**
 * Changes who may ask, one after another: whether somebody is left who can give rights is asked of what is stored, not of
 * what is in force a moment later. The audit log has every change first.
 */
export class UserChanges {
  readonly #deps: UserChangesDeps;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(deps: UserChangesDeps) {
    this.#deps = deps;
  }

  /** As stored; nothing when there is none. */
  async find(id: string): Promise<StoredUser | undefined> {
    const stored = await this.#deps.store.get(`users.${id}`);
    return stored && { user: stored.value as User, revision: stored.revision };
  }

  /** Throws `account-taken`, `accounts-full` or `last-administrator`. */
  add(request: FastifyRequest, user: User): Promise<number> {
    return this.#inTurn(async () => {
      const users = this.#deps.resources.users();
      if (users.length >= maxUsers) throw full('users', maxUsers);
      if (await this.find(user.id)) throw taken('user', user.id);
      requireAdministrator([...(await this.#administrators()), user]);
      const deed = { what: 'resourceWritten', target: `users.${user.id}`, place: user.ground } as const;
      const why = `added as ${(user.roles ?? []).join(', ')}`;
      await this.#deps.trail.done(request, { ...deed, why });
      return this.#create(`users.${user.id}`, user, 'user', user.id);
    });
  }

  /** `why` says what changes, never a secret. Throws `bus-conflict` or `last-administrator`. */
  change(request: FastifyRequest, after: User, revision: number, why: string): Promise<number> {
    return this.#inTurn(async () => {
      await this.#othersThan(after.id, after);
      const deed = { what: 'resourceWritten', target: `users.${after.id}`, place: after.ground } as const;
      await this.#deps.trail.done(request, { ...deed, why });
      return this.#whileOthersStay(after.id, revision, after, (mark) =>
        this.#deps.store.put(`users.${after.id}`, after, revision, mark),
      );
    });
  }

  /** Throws `bus-conflict` or `last-administrator`. */
  remove(request: FastifyRequest, { user, revision }: StoredUser): Promise<void> {
    return this.#inTurn(async () => {
      await this.#othersThan(user.id);
      const deed = { what: 'resourceRemoved', target: `users.${user.id}`, place: user.ground } as const;
      await this.#deps.trail.done(request, deed);
      await this.#whileOthersStay(user.id, revision, undefined, (mark) =>
        this.#deps.store.remove(`users.${user.id}`, revision, mark),
      );
    });
  }

  /** Throws `account-taken` or `accounts-full`. */
  addKey(request: FastifyRequest, key: ApiKey): Promise<number> {
    return this.#inTurn(async () => {
      if (this.#deps.resources.keys().length >= maxKeys) throw full('keys', maxKeys);
      if (await this.#deps.store.get(`keys.${key.id}`)) throw taken('key', key.id);
      const deed = { what: 'resourceWritten', target: `keys.${key.id}`, place: key.ground } as const;
      await this.#deps.trail.done(request, { ...deed, why: `added as ${key.roles.join(', ')}` });
      return this.#create(`keys.${key.id}`, key, 'key', key.id);
    });
  }

  async #create(key: string, value: unknown, kind: string, id: string): Promise<number> {
    try {
      return await this.#deps.store.put(key, value, 0);
    } catch (error) {
      // Another process was there first.
      throw isAppError(error) && error.code === 'bus-conflict' ? taken(kind, id) : error;
    }
  }

  /** Whether it is about one who can give rights. Throws `last-administrator` when nobody else could afterwards. */
  async #othersThan(changed: string, after?: User): Promise<boolean> {
    const administrators = await this.#administrators();
    const others = administrators.filter(({ id }) => id !== changed);
    const isOfAdministrator = others.length < administrators.length;
    if (isOfAdministrator) requireAdministrator(after ? [...others, after] : others);
    return isOfAdministrator;
  }

  /**
   * Another process may take away the others' rights between looking and writing: what takes away rights is written only
   * while the whole configuration is as it was when it was looked at.
   */
  async #whileOthersStay<Result>(
    changed: string,
    revision: number,
    after: User | undefined,
    write: (mark?: number) => Promise<Result>,
  ): Promise<Result> {
    for (let tries = 1; ; tries++) {
      const mark = await this.#deps.store.mark();
      const isGuarded = await this.#othersThan(changed, after);
      try {
        return await write(isGuarded ? mark : undefined);
      } catch (error) {
        const isConflict = isAppError(error) && error.code === 'bus-conflict';
        // It was about this user, or everything changes all the time.
        if (!isConflict || tries === maxTries || (await this.find(changed))?.revision !== revision)
          throw error;
      }
    }
  }

  /** Security administrators as stored. Whoever became one in this very moment is missed, which refuses too much, never too little. */
  async #administrators(): Promise<User[]> {
    const known = this.#deps.resources
      .users()
      .filter(({ roles }) => roles?.includes('securityAdministrator'));
    const stored = await Promise.all(known.map(({ id }) => this.find(id)));
    return stored.flatMap((one) => (one ? [one.user] : []));
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= maxWaiting)
      throw apiError('accounts-busy', 'too many accounts are being changed; try again in a moment');
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => {
      this.#waiting--;
    });
    this.#last = turn.catch(() => undefined); // told to whoever asked for it
    return turn;
  }
}

const taken = (kind: string, id: string) =>
  apiError('account-taken', `there is a ${kind} '${id}' already; take another id`);

const full = (what: string, max: number) =>
  apiError('accounts-full', `a site has at most ${max} ${what}; remove some first`);
