import type { Label } from '../../../core/schema/label.ts';
import type { FolderSweep } from '../../../core/schema/sweep.ts';
import {
  averagePrecision,
  type LabelledPicture,
  matchDetections,
  type OperatingPoint,
  operatingPoints,
} from '../../../inference/index.ts';

const minIou = 0.5;
/** Twentieths: finer steps say more of the pictures than of the model. */
const scores = Array.from({ length: 18 }, (_, step) => (step + 2) / 20);

/** Labels that no true box has are left out. */
export const measureSweep = (
  name: string,
  pictures: readonly LabelledPicture[],
  labels: readonly Label[],
): FolderSweep => ({
  name,
  pictures: pictures.length,
  // One label's precision and recall over the scores that a threshold could stand at.
  labels: labels.flatMap((label) => {
    const matches = matchDetections(pictures, label, minIou);
    if (matches.truths === 0) return [];
    const points = operatingPoints(matches, scores);
    const best = points.reduce<OperatingPoint | undefined>(
      (top, point) => ((point.f1 ?? 0) > (top?.f1 ?? 0) ? point : top),
      undefined,
    );
    return [
      { label, truths: matches.truths, ap50: averagePrecision(matches), points, ...(best ? { best } : {}) },
    ];
  }),
});
