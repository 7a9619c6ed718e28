import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { CameraPlace, Instant, ResourceId } from './ids.ts';

/** What one camera's scenarios saw for up to a minute, in a coding of its own (`core/observations`). */
export const ObservationChunk = closed({
  cameraId: ResourceId,
  place: CameraPlace,
  /** When its worker took the camera up: the same in all chunks of one run. */
  runAt: Instant,
  /** Place in the run, from 0; a number that is missing is a chunk that was lost. */
  number: Type.Integer({ minimum: 0 }),
  /** The run ends with it; a run without such an end was cut off. */
  isLast: Type.Boolean(),
  /** Of the first chunk: when the camera had been looked at before, as far as the worker knew. */
  watchedUntil: Type.Optional(Instant),
  /** Arrival of its first and its last frame. */
  from: Instant,
  to: Instant,
  looks: Type.Integer({ minimum: 0 }),
  /** By which settings each scenario watched, as a fingerprint. */
  settings: Type.Array(
    closed({ scenarioId: ResourceId, print: Type.String({ pattern: '^[0-9a-f]{16}$' }) }),
    { maxItems: 1000 },
  ),
  /** Base64. */
  data: Type.String({ maxLength: 400_000 }),
});
export type ObservationChunk = Static<typeof ObservationChunk>;
