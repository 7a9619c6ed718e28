import type { Right, UserRole } from '../../core/schema/role.ts';

/** Who asks, and the subtree of places they may see. */
export interface Principal {
  /** A user's id; `key:<id>` for a key, so that neither can be taken for the other in what is written down. */
  id: string;
  kind: 'user' | 'key';
  ground: string;
  roles: readonly UserRole[];
  /** What they may do there. */
  rights: ReadonlySet<Right>;
  /** Hash of the user's or key's secret when they signed in; absent where no sign-in is needed. */
  signedInWith?: string;
  /** The session that it came with, by the hash of its token. */
  session?: string;
}

/** Whether a place lies in a ground: codes are prefixes of what lies below them. */
export const isWithin = (place: string, ground: string): boolean => place.startsWith(ground);

/** The part of `ground` that lies in the place asked for, or undefined when they have nothing in common. */
export const narrowGround = (ground: string, place: string | undefined): string | undefined => {
  if (place === undefined || isWithin(ground, place)) return ground;
  return isWithin(place, ground) ? place : undefined;
};
