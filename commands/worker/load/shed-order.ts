import type { Degradation } from '../../../core/schema/health.ts';
import type { Severity } from '../../../core/schema/severity.ts';

/** How much depends on a camera: the highest severity of its scenarios that are on duty. */
export type Rank = Severity | 'none';

export interface RankedCamera {
  cameraId: string;
  rank: Rank;
  /** A situation that was alerted to goes on there, or its pictures are still awaited. */
  isAlerting: boolean;
}

/** The declared order in which cameras are looked at less closely; restored the other way round. */
export const shedSteps: readonly { rank: Rank; to: Degradation }[] = [
  { rank: 'none', to: 'unwatched' },
  { rank: 'low', to: 'slow' },
  { rank: 'low', to: 'dormant' },
  { rank: 'medium', to: 'slow' },
  { rank: 'medium', to: 'dormant' },
  { rank: 'high', to: 'slow' },
  { rank: 'high', to: 'dormant' },
  { rank: 'urgent', to: 'slow' },
  { rank: 'urgent', to: 'dormant' },
];

/** What becomes of each camera when the first `level` steps are taken; cameras that lose nothing are left out. */
export const degradationsAt = (level: number, cameras: readonly RankedCamera[]): Map<string, Degradation> => {
  const ofRank = new Map(shedSteps.slice(0, level).map(({ rank, to }) => [rank, to]));
  return new Map(
    cameras.flatMap(({ cameraId, rank, isAlerting }) => {
      const to = ofRank.get(rank);
      // An alert in flight keeps its camera at one frame a second at least.
      return to === undefined ? [] : [[cameraId, isAlerting ? 'slow' : to] as const];
    }),
  );
};

/** The levels, beginning with 1, whose step concerns any of these cameras. */
export const levelsFor = (cameras: readonly RankedCamera[]): number[] => {
  const ranks = new Set(cameras.map(({ rank }) => rank));
  return shedSteps.flatMap((step, index) => (ranks.has(step.rank) ? [index + 1] : []));
};
