import { type Static, Type } from 'typebox';
import { closed } from '../schema/closed.ts';
import { Box } from '../schema/geometry.ts';
import { Tier } from '../schema/health.ts';
import { Instant, ResourceId } from '../schema/ids.ts';
import { Label } from '../schema/label.ts';

/** Counts up when a reader of the older one would draw something wrong. */
export const overlayVersion = 1;
export const maxOverlayTracks = 100;

/** One analysed picture of a camera: what was followed in it, and where in the live stream that picture is. */
export const LiveTracks = closed({
  type: Type.Literal('tracks'),
  version: Type.Literal(overlayVersion),
  capturedAt: Instant,
  /** Where a player shows that picture, in seconds of the stream's media time. */
  mediaSeconds: Type.Number(),
  tracks: Type.Array(
    closed({
      /** The camera's own and of this situation only; it means nothing elsewhere or later. */
      id: Type.String({ minLength: 1, maxLength: 32 }),
      label: Label,
      score: Type.Number({ minimum: 0, maximum: 1 }),
      box: Box,
      /** Found in this very picture; otherwise it is where it was thought to be. */
      isSeen: Type.Boolean(),
      /** The camera's zones in which it stands. */
      zones: Type.Array(ResourceId),
    }),
    { maxItems: maxOverlayTracks },
  ),
});
export type LiveTracks = Static<typeof LiveTracks>;

/** How closely the camera is looked at from now on: of a dormant one come no tracks. */
export const LiveTier = closed({
  type: Type.Literal('tier'),
  version: Type.Literal(overlayVersion),
  at: Instant,
  tier: Tier,
});
export type LiveTier = Static<typeof LiveTier>;

/** What is told beside a camera's pictures. */
export type LiveOverlay = LiveTracks | LiveTier;
