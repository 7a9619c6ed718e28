import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Location } from './geometry.ts';
import { CameraPlace, ResourceId } from './ids.ts';
import { ScheduleSpan } from './schedule.ts';

/** 云广播 loudspeaker behind a gateway that takes commands over HTTP. */
export const Loudspeaker = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  place: CameraPlace,
  location: Type.Optional(Location),
  gateway: closed({
    url: Type.String({
      minLength: 8,
      maxLength: 2048,
      description: 'http:// or https://, without credentials',
    }),
    /** An entry of the secrets file. */
    credentials: Type.Optional(ResourceId),
  }),
  /** What the gateway calls it. */
  device: Type.String({ minLength: 1, maxLength: 64 }),
  /** When it stays silent, whoever wants it to speak. */
  quietHours: Type.Optional(Type.Array(ScheduleSpan, { minItems: 1, maxItems: 16 })),
  /** How often it may speak within an hour, for all together; a command is refused after 6 unless said. */
  perHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** The fixed recordings it may play. */
  recordings: Type.Array(closed({ id: ResourceId, name: Type.String({ minLength: 1, maxLength: 64 }) }), {
    minItems: 1,
    maxItems: 64,
  }),
});
export type Loudspeaker = Static<typeof Loudspeaker>;
