import type { Box } from '../../core/schema/geometry.ts';
import type { Track, TrackUpdate } from '../../core/stages.ts';
import { insideShare } from './box.ts';

/** A small model misses a frame or two of somebody who stands in the open. */
const brieflyMs = 250;
/** Behind somebody else one is believed for longer: nothing else can be expected of the detector. */
const hiddenMs = 1_000;
/** The share of a box that another covers when what it holds is hidden. */
const hiddenShare = 0.7;
/** A box that reaches this near the picture's edge may have left it: some pixels. */
const edge = 0.005;

const isAtEdge = ({ x, y, w, h }: Box): boolean =>
  x <= edge || y <= edge || x + w >= 1 - edge || y + h >= 1 - edge;

/**
 * The confirmed tracks whose objects are in the picture now: those that are seen, and those whose motion is to be
 * believed although the detector was silent, for a moment or while another object covers them. Nothing of it looks
 * ahead: it can be said when the frame is.
 */
export const toPresent = ({ tracks, capturedAt }: Pick<TrackUpdate, 'tracks' | 'capturedAt'>): Track[] => {
  const seen = tracks.filter((track) => track.isConfirmed && track.isSeenNow);
  const isHidden = ({ label, box }: Track): boolean =>
    seen.some((other) => other.label === label && insideShare(box, other.box) >= hiddenShare);
  return tracks.filter((track) => {
    if (!track.isConfirmed || track.isSeenNow) return track.isConfirmed;
    const missedMs = capturedAt - track.seenAt;
    if (missedMs > hiddenMs || isAtEdge(track.box)) return false;
    return missedMs <= brieflyMs || isHidden(track);
  });
};
