import { type Static, Type } from 'typebox';
import { Camera } from '../../core/schema/camera.ts';
import { closed } from '../../core/schema/closed.ts';
import { CameraStatus, cameraStates } from '../../core/schema/health.ts';
import { Instant } from '../../core/schema/ids.ts';
import { named } from './named.ts';

const { id, name, place, gbCode, location, register, zones } = Camera.properties;

/** `unknown`: nobody has told this camera's status lately, whatever it was before. */
export const ShownCameraState = Type.Enum([...cameraStates, 'unknown'] as const);

/** A camera as it is configured and as it does now. Without anything by which one could sign in to it. */
export const CameraView = named(
  'Camera',
  closed(
    {
      id,
      name,
      place,
      gbCode,
      location,
      register,
      zones,
      stream: closed({
        /** Scheme, host and port. Makers put user names and passwords into paths and queries. */
        address: Type.Optional(Type.String()),
        transport: Type.Union([Type.Literal('tcp'), Type.Literal('udp')]),
      }),
      state: ShownCameraState,
      isStatusStale: Type.Boolean({ description: 'the status is older than 10 s, or there is none' }),
      statusAt: Type.Optional(Instant),
      statusAgeMs: Type.Optional(Type.Integer({ minimum: 0 })),
      status: Type.Optional(CameraStatus),
    },
    { description: 'A camera and, when it is not older than 10 s, its status.' },
  ),
);
export type CameraView = Static<typeof CameraView>;
