import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { PlaceCode } from './ids.ts';

/** Another system that reads the alerts of its ground straight from the bus, and remembers there how far it is. */
export const Subscriber = closed({
  id: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,47}$',
    description: 'lower-case letters, digits and hyphens, at most 48 characters',
  }),
  name: Type.String({ minLength: 1, maxLength: 64 }),
  /** The subtree of places whose alerts it may read. */
  ground: PlaceCode,
  /** Costs up to 12: nats-server computes it at every sign-in, and a costlier one would hold up the bus. */
  passwordHash: Type.String({
    pattern: '^\\$2[aby]\\$(0[4-9]|1[0-2])\\$[./A-Za-z0-9]{53}$',
    description: 'a bcrypt hash; made by `xueliang subscriber add`',
  }),
});
export type Subscriber = Static<typeof Subscriber>;
