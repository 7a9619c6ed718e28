import type { UserRole } from '../../core/schema/role.ts';
import type { User } from '../../core/schema/user.ts';
import { rolesOf } from '../auth/accounts.ts';
import { isWithin, type Principal } from '../auth/principal.ts';
import { apiError } from '../errors.ts';

/** Kept apart from each other and from all work: who could do a thing, allow it and hide it would be watched by nobody. */
const administrators: readonly UserRole[] = ['systemAdministrator', 'securityAdministrator', 'auditor'];

/** Throws `roles-apart` for an administrator's role together with any other. */
export const requireSoundRoles = (roles: readonly UserRole[]): void => {
  const administrator = administrators.find((role) => roles.includes(role));
  if (administrator === undefined || new Set(roles).size === 1) return;
  throw apiError(
    'roles-apart',
    `${administrator} goes with no other role; give the others to another user (systemAdministrator, securityAdministrator and auditor are three people)`,
  );
};

/** Throws `own-account`: more for oneself is only to be had from somebody else. */
export const requireOther = ({ id }: Principal, user: string): void => {
  if (id !== user) return;
  throw apiError(
    'own-account',
    'nobody changes their own account; ask another security administrator, and change your secret with POST /api/v1/session/secret',
  );
};

/** Throws `ground-forbidden` for a ground that the asker does not have themselves. */
export const requireWithin = ({ ground: own }: Principal, ground: string): void => {
  if (isWithin(ground, own)) return;
  throw apiError('ground-forbidden', `the ground ${ground} is not within yours (${own})`);
};

/** Throws `last-administrator` when nobody would be left who can give rights. */
export const requireAdministrator = (usersAfter: readonly User[]): void => {
  if (usersAfter.some((user) => rolesOf(user).includes('securityAdministrator'))) return;
  throw apiError(
    'last-administrator',
    'no security administrator would be left who could give rights; make another one first',
  );
};
