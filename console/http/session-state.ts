import { computed, signal } from '@preact/signals';
import type { Right } from '../../core/schema/role.ts';

/** Who is signed in, as `GET /api/v1/session` says it. */
export interface Session {
  id: string;
  /** Division code of the places they may see. */
  ground: string;
  roles: readonly string[];
  rights: readonly string[];
  csrfToken?: string;
  expiresAt?: number;
  /** The site's, in which every page shows its times. */
  timezone?: string;
  /** A site without users: whoever sits here may do everything. */
  isOpen?: boolean;
}

/** `unknown` until it has been asked for. */
export const session = signal<Session | 'unknown' | undefined>('unknown');

/** It ended while somebody was at work: what they see stays, and they sign in on top of it. */
export const isSessionLost = signal(false);

export const signedIn = computed<Session | undefined>(() =>
  session.value === 'unknown' ? undefined : session.value,
);

/** Whether whoever is signed in has the right. */
export const may = (right: Right): boolean => {
  const who = signedIn.value;
  return who !== undefined && (who.isOpen === true || who.rights.includes(right));
};

/** A site without users: one person only, who operates its machine. */
export const isAlone = (): boolean => {
  const who = signedIn.value;
  return who?.isOpen === true || (who?.id === 'local' && who.csrfToken === undefined);
};
