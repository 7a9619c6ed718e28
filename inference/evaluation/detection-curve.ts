import type { LabelMatches } from './detection-matches.ts';

/** COCO reads precision at 0, 0.01 … 1 recall. */
const recallPoints = 101;

/**
 * Average precision as COCO has it: the mean, over 101 recalls, of the best precision that is to be had at that recall
 * or beyond. 0 where nothing was there to be found.
 */
export const averagePrecision = ({ truths, detections }: LabelMatches): number => {
  if (truths === 0) return 0;
  let hits = 0;
  const points = detections.map(({ isHit }, index) => {
    if (isHit) hits++;
    return { recall: hits / truths, precision: hits / (index + 1) };
  });
  let best = 0;
  const envelope = points
    .reverse()
    .map(({ recall, precision }) => {
      best = Math.max(best, precision);
      return { recall, precision: best };
    })
    .reverse();
  let at = 0;
  let sum = 0;
  for (let step = 0; step < recallPoints; step++) {
    const wanted = step / (recallPoints - 1);
    while (at < envelope.length && (envelope[at]?.recall ?? 1) < wanted) at++;
    sum += envelope[at]?.precision ?? 0;
  }
  return sum / recallPoints;
};

/** How good detection is when only what reaches `score` counts. Shares are null where there is nothing to divide by. */
export interface OperatingPoint {
  score: number;
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

/** Precision and recall at one score after the other. */
export const operatingPoints = (
  { truths, detections }: LabelMatches,
  scores: readonly number[],
): OperatingPoint[] =>
  scores.map((score) => {
    const counted = detections.filter((detection) => detection.score >= score);
    const hits = counted.filter(({ isHit }) => isHit).length;
    return {
      score,
      precision: share(hits, counted.length),
      recall: share(hits, truths),
      f1: share(2 * hits, counted.length + truths),
    };
  });

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
