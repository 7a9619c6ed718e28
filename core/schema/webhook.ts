import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { PlaceCode, ResourceId } from './ids.ts';

/** Another system that is told of alerts over HTTP, each message signed. */
export const Webhook = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  url: Type.String({
    minLength: 8,
    maxLength: 2048,
    description: 'http:// or https://, without credentials',
  }),
  /** The subtree of places whose alerts it may be told. */
  ground: PlaceCode,
  /** An entry of the secrets file, whose password signs. */
  credentials: ResourceId,
  /** It is told of everything that happens to the alerts of its ground, not only of what scenarios name it for. */
  feed: Type.Optional(Type.Boolean()),
  /** How its feed comes: `plain` if not said. */
  format: Type.Optional(
    Type.Enum(['plain', 'cloudevents'], {
      description: 'of its feed. plain: the message alone; cloudevents: in a CloudEvents 1.0 envelope (JSON)',
    }),
  ),
  /** It may stand in a private network; without this such addresses are refused. */
  isPrivate: Type.Optional(Type.Boolean()),
});
export type Webhook = Static<typeof Webhook>;
