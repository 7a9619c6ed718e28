import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { PlaceCode, ResourceId } from './ids.ts';
import { UserRole } from './role.ts';

/** Somebody who may ask the API. `ground` is the subtree of places they may see. */
export const User = closed({
  id: ResourceId,
  ground: PlaceCode,
  /** An operator unless said. */
  roles: Type.Optional(Type.Array(UserRole, { minItems: 1, maxItems: 6 })),
  passwordHash: Type.String({
    pattern: '^scrypt\\$\\d+\\$\\d+\\$\\d+\\$[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+$',
    description: 'scrypt$N$r$p$salt$key; made by `xueliang doctor --new-password`',
  }),
});
export type User = Static<typeof User>;
