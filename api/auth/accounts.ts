import type { Resources } from '../../core/resources.ts';
import type { ApiKey } from '../../core/schema/api-key.ts';
import { rights, rightsOf, type UserRole } from '../../core/schema/role.ts';
import type { User } from '../../core/schema/user.ts';
import { isLoopbackHost } from './loopback.ts';
import type { Principal } from './principal.ts';

export interface AccountsDeps {
  resources: Pick<Resources, 'users' | 'keys' | 'site'>;
  clock: { now(): number };
  /** The address the API listens on. */
  host: string;
}

/** Whoever is at the machine while the site has no users. */
const localId = 'local';
const keyPrefix = 'key:';

/** The least for whom the site file names no roles. */
export const rolesOf = ({ roles }: Pick<User, 'roles'>): readonly UserRole[] => roles ?? ['operator'];

/** How a key is called where it does something. */
export const toKeyId = (id: string): string => `${keyPrefix}${id}`;

/** Who may ask, as the site has them now. */
export class Accounts {
  readonly #deps: AccountsDeps;

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /** On loopback, while the site has no users, everybody is the site's own operator. */
  local(): Principal | undefined {
    const { resources, host } = this.#deps;
    if (!isLoopbackHost(host) || resources.users().length > 0) return undefined;
    return {
      ...{ id: localId, kind: 'user', ground: resources.site().place },
      ...{ roles: [], rights: new Set(rights) },
    };
  }

  user(id: string): User | undefined {
    return this.#deps.resources.users().find((user) => user.id === id);
  }

  /** A key that is not over. */
  key(id: string): ApiKey | undefined {
    const now = this.#deps.clock.now();
    return this.#deps.resources.keys().find((key) => key.id === id && now < key.expires);
  }

  /** A user or key as they are now, whoever asks; nothing when there is none of that name. */
  principal(id: string): Principal | undefined {
    const local = this.local();
    if (local?.id === id) return local;
    if (id.startsWith(keyPrefix)) {
      const key = this.key(id.slice(keyPrefix.length));
      return key && toKeyPrincipal(key);
    }
    const user = local ? undefined : this.user(id);
    return user && toUserPrincipal(user);
  }

  /** Whether somebody is still there with the secret they came with, the same ground, and all the rights they had. */
  isUnchanged({ id, ground, rights: held, signedInWith }: Principal): boolean {
    const now = this.principal(id);
    return (
      now !== undefined &&
      now.ground === ground &&
      now.signedInWith === signedInWith &&
      [...held].every((right) => now.rights.has(right))
    );
  }
}

export const toUserPrincipal = (user: User, session?: string): Principal => ({
  ...{ id: user.id, kind: 'user', ground: user.ground },
  roles: rolesOf(user),
  rights: rightsOf(rolesOf(user)),
  signedInWith: user.passwordHash,
  ...(session === undefined ? {} : { session }),
});

export const toKeyPrincipal = (key: ApiKey): Principal => ({
  ...{ id: toKeyId(key.id), kind: 'key', ground: key.ground },
  roles: key.roles,
  rights: rightsOf(key.roles),
  signedInWith: key.keyHash,
});
