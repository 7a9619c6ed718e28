import type { Label } from '../../core/schema/label.ts';
import { averagePrecision } from './detection-curve.ts';
import { matchDetections } from './detection-matches.ts';
import type { LabelledPicture } from './labelled-picture.ts';

export interface LabelAccuracy {
  label: Label;
  /** True boxes of this label. */
  truths: number;
  ap50: number;
  /** The mean over the IoUs 0.50, 0.55 … 0.95. */
  ap: number;
}

export interface DetectionAccuracy {
  pictures: number;
  /** Of the labels asked for, those that a true box has. */
  labels: readonly LabelAccuracy[];
  /** Means over these labels; null when there are none. */
  map50: number | null;
  map: number | null;
}

const ious = Array.from({ length: 10 }, (_, step) => 0.5 + step * 0.05);

/** COCO's mAP over boxes of every size, 100 detections of a label in a picture at most. */
export const measureDetection = (
  pictures: readonly LabelledPicture[],
  labels: readonly Label[],
): DetectionAccuracy => {
  const measured = labels.flatMap((label) => {
    const matches = ious.map((iou) => matchDetections(pictures, label, iou));
    const [first] = matches;
    if (!first || first.truths === 0) return [];
    const ap = mean(matches.map(averagePrecision)) ?? 0;
    return [{ label, truths: first.truths, ap50: averagePrecision(first), ap }];
  });
  return {
    pictures: pictures.length,
    labels: measured,
    map50: mean(measured.map(({ ap50 }) => ap50)),
    map: mean(measured.map(({ ap }) => ap)),
  };
};

const mean = (values: readonly number[]): number | null =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
