import type { Label } from '../../../core/schema/label.ts';
import {
  averagePrecision,
  type LabelledPicture,
  matchDetections,
  type OperatingPoint,
  operatingPoints,
} from '../../../inference/index.ts';

/** One label's precision and recall over the scores that a threshold could stand at. */
export interface LabelSweep {
  label: Label;
  truths: number;
  ap50: number;
  points: readonly OperatingPoint[];
  /** The one with the highest F1, the lower score of two alike. */
  best: OperatingPoint | undefined;
}

export interface FolderSweep {
  /** The folder's name: a camera's, as a rule. */
  name: string;
  pictures: number;
  labels: readonly LabelSweep[];
}

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
  labels: labels.flatMap((label) => {
    const matches = matchDetections(pictures, label, minIou);
    if (matches.truths === 0) return [];
    const points = operatingPoints(matches, scores);
    const best = points.reduce<OperatingPoint | undefined>(
      (top, point) => ((point.f1 ?? 0) > (top?.f1 ?? 0) ? point : top),
      undefined,
    );
    return [{ label, truths: matches.truths, ap50: averagePrecision(matches), points, best }];
  }),
});
