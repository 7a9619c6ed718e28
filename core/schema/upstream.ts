import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { GbCode, PlaceCode, ResourceId } from './ids.ts';

/** A platform above this site that is told of alerts in a protocol of its own. */
export const Upstream = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  /** A view library of GA/T 1400. */
  kind: Type.Literal('ga1400'),
  url: Type.String({
    minLength: 8,
    maxLength: 2048,
    description: 'http:// or https://, without credentials; /VIID/… is added',
  }),
  /** As whom this site registers; goes out as `User-Identify`. */
  deviceId: GbCode,
  /** The subtree of places whose alerts it may be told. */
  ground: PlaceCode,
  /** An entry under `services` of the secrets file. */
  credentials: ResourceId,
  /** It may stand in a private network; without this such addresses are refused. */
  isPrivate: Type.Optional(Type.Boolean()),
});
export type Upstream = Static<typeof Upstream>;
