import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Instant, PlaceCode } from './ids.ts';

/** What a program may be. The three administrators are people: a key that gives rights or reads who did what would be nobody's deed. */
export const keyRoles = ['operator', 'dispatcher', 'engineer'] as const;

/** A program that may ask the API, in nobody's name. `ground` is the subtree of places it may see. */
export const ApiKey = closed({
  id: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,47}$',
    description: 'lower-case letters, digits and hyphens, at most 48 characters',
  }),
  ground: PlaceCode,
  roles: Type.Array(Type.Enum(keyRoles), { minItems: 1, maxItems: 3 }),
  /**
   * SHA-256 of the secret, in hex. The secret is 256 random bits that this program made: there is nothing to guess, so the
   * slow hash that passwords need would make every request dearer and nothing safer.
   */
  keyHash: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 in hex; made by POST /api/v1/keys',
  }),
  /** From then on it opens nothing. */
  expires: Instant,
});
export type ApiKey = Static<typeof ApiKey>;
