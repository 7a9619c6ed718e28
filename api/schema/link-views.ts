import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Instant } from '../../core/schema/ids.ts';
import { named } from './named.ts';

const Address = Type.String({
  description: 'path and query; for the user who asked, as long as they may see it',
  examples: ['/api/v1/cameras/gate-1/live?ticket=mf0.d2FuZw.Zm9vYmFyYmF6.0000'],
});

/** An address that needs no header. */
export const LinkView = named('Link', closed({ url: Address, expiresAt: Instant }));

/** Those of an alert's media that are there. */
export const AlertLinksView = named(
  'AlertLinks',
  closed({
    snapshot: Type.Optional(Address),
    clip: Type.Optional(Address),
    pictures: Type.Optional(
      Type.Array(closed({ n: Type.Integer({ minimum: 1 }), url: Address }), {
        description: 'from the spot',
      }),
    ),
    expiresAt: Instant,
  }),
);
