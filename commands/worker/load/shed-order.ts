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

/**
 * A step is taken for a share of its cameras after the other: in most towns nearly all have one rank, and what a few of them ask for too
 * much is not worth the looks of all (decision 7). They are dealt out by their ids: neighbours, often cameras of one village, are in
 * different shares.
 */
export const sharesPerStep = 8;

/** Shares are numbered from 0; of fewer cameras than shares each has one of its own. */
const withShares = (cameras: readonly RankedCamera[]): (RankedCamera & { share: number })[] => {
  const dealt = new Map<Rank, number>();
  const byId = [...cameras].sort((one, other) => (one.cameraId < other.cameraId ? -1 : 1));
  return byId.map((camera) => {
    const before = dealt.get(camera.rank) ?? 0;
    dealt.set(camera.rank, before + 1);
    return { share: before % sharesPerStep, ...camera };
  });
};

/** The level at which a step has been taken for a share of its cameras. */
const levelOf = (step: number, share: number): number => step * sharesPerStep + share + 1;

/** What becomes of each camera when so many shares of steps are taken; cameras that lose nothing are left out. */
export const degradationsAt = (level: number, cameras: readonly RankedCamera[]): Map<string, Degradation> =>
  new Map(
    withShares(cameras).flatMap(({ cameraId, rank, isAlerting, share }) => {
      const step = shedSteps.findLast((each, at) => each.rank === rank && levelOf(at, share) <= level);
      // An alert in flight keeps its camera at one frame a second at least.
      return step ? [[cameraId, isAlerting ? 'slow' : step.to] as const] : [];
    }),
  );

/** The levels, beginning with 1, whose share of a step concerns any of these cameras; ascending. */
export const levelsFor = (cameras: readonly RankedCamera[]): number[] => {
  const sharesOf = (rank: Rank): number =>
    Math.min(sharesPerStep, cameras.filter((camera) => camera.rank === rank).length);
  return shedSteps.flatMap(({ rank }, step) =>
    Array.from({ length: sharesOf(rank) }, (_, share) => levelOf(step, share)),
  );
};
