import type { User } from '../../core/schema/user.ts';
import { isLoopbackHost } from './loopback.ts';
import { createPasswordHash, createSecret } from './password-hash.ts';

export interface FirstBootOptions {
  /** The address the API will listen on. */
  host: string;
  users: readonly User[];
  /** The site's place: the first user sees all of it. */
  ground: string;
  /** Stores the user where the API's resources come from. */
  storeUser(user: User): Promise<void>;
}

/**
 * Gives others their rights, and has no more: the three administrators are kept apart from the first moment on. Whoever
 * runs the site needs no user for it until this one has made one: `xueliang apply` reads its file.
 */
const firstRoles = ['securityAdministrator'] as const;

/** What has to be shown to the operator, once: it is stored nowhere. */
export interface FirstUser {
  id: string;
  secret: string;
}

/**
 * Makes the user `admin` with a random secret when the API is to listen beyond loopback and nobody could sign in.
 * There is no default password: without this, everybody is refused. Resolves to nothing when no user is needed.
 */
export const ensureFirstUser = async (options: FirstBootOptions): Promise<FirstUser | undefined> => {
  const { host, users, ground, storeUser } = options;
  if (isLoopbackHost(host) || users.length > 0) return undefined;
  const secret = createSecret();
  await storeUser({
    id: 'admin',
    ground,
    roles: [...firstRoles],
    passwordHash: await createPasswordHash(secret),
  });
  return { id: 'admin', secret };
};
