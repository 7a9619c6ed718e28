import { Type } from 'typebox';
import { Instant, PlaceCode } from '../../core/schema/ids.ts';
import { rights, UserRole } from '../../core/schema/role.ts';
import { named } from './named.ts';

/** Who asks, and what they may do. */
export const SessionView = named(
  'Session',
  Type.Object({
    id: Type.String({ description: 'a user; `key:<id>` for a key' }),
    kind: Type.Enum(['user', 'key'] as const),
    ground: Type.Unsafe<string>({ ...PlaceCode, description: 'the places below this code are theirs' }),
    roles: Type.Array(UserRole),
    rights: Type.Array(Type.Enum(rights)),
    timezone: Type.String({ description: 'of the site: every page shows its time' }),
    csrfToken: Type.Optional(
      Type.String({ description: 'of a session with a cookie: goes with every change as `X-CSRF-Token`' }),
    ),
    expiresAt: Type.Optional(
      Type.Unsafe<number>({ ...Instant, description: 'when the session is over at the latest' }),
    ),
  }),
);
