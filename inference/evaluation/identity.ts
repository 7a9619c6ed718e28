import { assign } from '../track/assignment.ts';
import { boxIou } from '../track/box.ts';
import { leastIou } from './match-boxes.ts';
import { countIds, PairCounts, sumOf } from './pair-counts.ts';
import type { ScoredFrame } from './scored-frame.ts';

/** For how much of the boxes an object keeps one id over the whole sequence. */
export interface Identity {
  /** Harmonic mean of the two others. */
  idf1: number;
  /** Precision: the share of said boxes. */
  idp: number;
  /** Recall: the share of true boxes. */
  idr: number;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/**
 * Scores a sequence by identity (Ristani et al., "Performance measures and a data set for multi-target, multi-camera
 * tracking", 2016): each true object is given one said id at most, and the other way round, for the whole sequence, at
 * least total cost of misses and false boxes. As every box is either kept or both kinds of error, least cost is the
 * greatest number of frames in which the paired objects overlap.
 */
export const scoreIdentity = (frames: readonly ScoredFrame[]): Identity => {
  const together = new PairCounts();
  for (const { truth, said } of frames) {
    for (const real of truth) {
      for (const found of said) {
        if (boxIou(real.box, found.box) >= leastIou) together.add(real.id, found.id, 1);
      }
    }
  }
  const truthCounts = countIds(frames.map(({ truth }) => truth));
  const saidCounts = countIds(frames.map(({ said }) => said));
  const kept = greatestTogether([...truthCounts.keys()], [...saidCounts.keys()], together);
  const [truthBoxes, saidBoxes] = [sumOf(truthCounts.values()), sumOf(saidCounts.values())];
  return {
    idf1: share(2 * kept, truthBoxes + saidBoxes),
    idp: share(kept, saidBoxes),
    idr: share(kept, truthBoxes),
  };
};

const greatestTogether = (
  truthIds: readonly string[],
  saidIds: readonly string[],
  together: PairCounts,
): number => {
  const countOf = (row: number, column: number): number =>
    together.of(truthIds[row] ?? '', saidIds[column] ?? '');
  return sumOf(assign(truthIds.length, saidIds.length, countOf).map(([row, column]) => countOf(row, column)));
};
