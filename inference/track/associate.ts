import type { Detection } from '../../core/schema/detection.ts';
import { affinityOf } from './affinity.ts';
import { assign } from './assignment.ts';
import type { LiveTrack } from './live-track.ts';

export interface Association {
  pairs: [LiveTrack, Detection][];
  missed: LiveTrack[];
  /** Strong detections that belong to no track. */
  fresh: Detection[];
}

/** Least affinity of a pair, by what is paired: weak boxes and unconfirmed tracks must lie better. */
const least = { strong: 0.1, weak: 0.35, weakUnconfirmed: 0.3 } as const;
/** A mover lost for longer than this is not found again by a weak box. */
const weakReachMs = 500;

interface Round {
  pairs: [LiveTrack, Detection][];
  tracks: LiveTrack[];
  detections: Detection[];
}

/** Pairs what can be paired and leaves the rest for the next round. */
const pairUp = (tracks: LiveTrack[], detections: Detection[], leastAffinity: number): Round => {
  const table = tracks.map((track) =>
    detections.map((detection) => {
      const affinity = affinityOf(track, detection);
      return affinity >= leastAffinity ? affinity : 0;
    }),
  );
  const found = assign(tracks.length, detections.length, (row, column) => table[row]?.[column] ?? 0);
  const rows = new Set(found.map(([row]) => row));
  const columns = new Set(found.map(([, column]) => column));
  return {
    pairs: found.flatMap(([row, column]): [LiveTrack, Detection][] => {
      const track = tracks[row];
      const detection = detections[column];
      return track && detection ? [[track, detection]] : [];
    }),
    tracks: tracks.filter((_, row) => !rows.has(row)),
    detections: detections.filter((_, column) => !columns.has(column)),
  };
};

/**
 * Says which detection belongs to which track, in ByteTrack's order (arXiv 2110.06864): confirmed tracks with
 * strong boxes, then with the weak ones, then what is new with what is left.
 */
export const associate = (
  tracks: readonly LiveTrack[],
  detections: readonly Detection[],
  isStrong: (detection: Detection) => boolean,
): Association => {
  const confirmed = tracks.filter((track) => track.isConfirmed);
  const unconfirmed = tracks.filter((track) => !track.isConfirmed);
  const strong = pairUp(confirmed, detections.filter(isStrong), least.strong);
  const isNear = (track: LiveTrack): boolean => track.isStanding || track.lostMs < weakReachMs;
  const weak = pairUp(
    strong.tracks.filter(isNear),
    detections.filter((detection) => !isStrong(detection)),
    least.weak,
  );
  const young = pairUp(unconfirmed, strong.detections, least.strong);
  const youngWeak = pairUp(young.tracks, weak.detections, least.weakUnconfirmed);
  return {
    pairs: [...strong.pairs, ...weak.pairs, ...young.pairs, ...youngWeak.pairs],
    missed: [...strong.tracks.filter((track) => !isNear(track)), ...weak.tracks, ...youngWeak.tracks],
    fresh: young.detections,
  };
};
