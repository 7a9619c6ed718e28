import type { UserRole } from '../../../../core/schema/role.ts';

/** A user or a key, as the API lists them. */
export interface Account {
  id: string;
  ground: string;
  roles: readonly UserRole[];
}

export interface UserAccount extends Account {
  revision: number;
}

export interface KeyAccount extends Account {
  expires: number;
}

/** A secret that was made a moment ago; it is stored nowhere. */
export interface MadeSecret {
  id: string;
  secret: string;
}
