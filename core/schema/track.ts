import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Point } from './geometry.ts';
import { CameraPlace, Instant, ResourceId } from './ids.ts';
import { Label } from './label.ts';

/** One object over frames of one camera, never an identity. Ids are the camera's own and mean nothing elsewhere. */
export const TrackRow = closed({
  trackId: Type.String({ minLength: 1, maxLength: 96 }),
  cameraId: ResourceId,
  place: CameraPlace,
  label: Label,
  startedAt: Instant,
  endedAt: Instant,
  frames: Type.Integer({ minimum: 1 }),
  bestScore: Type.Number({ minimum: 0, maximum: 1 }),
  /** Foot points (bottom centre), simplified. */
  path: Type.Array(Point, { maxItems: 64 }),
});
export type TrackRow = Static<typeof TrackRow>;

/** 100 of the longest rows are 300 kB, well below the megabyte that a message of the bus may have. */
export const maxChunkRows = 100;

/** Tracks of one place that ended within seconds of each other, as one worker tells them. */
export const TrackChunk = closed({
  place: CameraPlace,
  rows: Type.Array(TrackRow, { minItems: 1, maxItems: maxChunkRows }),
});
export type TrackChunk = Static<typeof TrackChunk>;
