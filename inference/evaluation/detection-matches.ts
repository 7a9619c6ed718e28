import type { Detection } from '../../core/schema/detection.ts';
import type { Label } from '../../core/schema/label.ts';
import { boxIou, insideShare } from '../track/box.ts';
import type { LabelledPicture, TrueBox } from './labelled-picture.ts';

/** A detection, and whether it found something; what lies on a crowd is left out. */
export interface MatchedDetection {
  score: number;
  isHit: boolean;
}

/** The matches of one label over all pictures, the surest first. */
export interface LabelMatches {
  /** True boxes, crowds left out. */
  truths: number;
  detections: readonly MatchedDetection[];
}

/** Of one label in one picture, as COCO has it. */
const maxDetections = 100;

/**
 * Matches as COCO's evaluation does: in each picture the surest detection takes first, the free true box that it
 * overlaps most and by `minIou` at least; only what finds none may lie on a crowd.
 */
export const matchDetections = (
  pictures: readonly LabelledPicture[],
  label: Label,
  minIou: number,
): LabelMatches => {
  const isOwn = (item: { label: Label }): boolean => item.label === label;
  const matched = pictures.flatMap(({ truths, detections }) =>
    matchPicture(truths.filter(isOwn), detections.filter(isOwn), minIou),
  );
  return {
    truths: pictures.reduce(
      (count, { truths }) => count + truths.filter((truth) => isOwn(truth) && !truth.isCrowd).length,
      0,
    ),
    detections: matched.sort((a, b) => b.score - a.score),
  };
};

const matchPicture = (
  truths: readonly TrueBox[],
  detections: readonly Detection[],
  minIou: number,
): MatchedDetection[] => {
  const free = new Set(truths.filter(({ isCrowd }) => !isCrowd));
  const crowds = truths.filter(({ isCrowd }) => isCrowd);
  const surest = [...detections].sort((a, b) => b.score - a.score).slice(0, maxDetections);
  return surest.flatMap(({ score, box }) => {
    let best: TrueBox | undefined;
    let bestIou = minIou;
    for (const truth of free) {
      const iou = boxIou(box, truth.box);
      if (iou < bestIou) continue;
      best = truth; // of two that overlap alike the later one, as in COCO's
      bestIou = iou;
    }
    if (best) free.delete(best);
    else if (crowds.some((crowd) => insideShare(box, crowd.box) >= minIou)) return [];
    return [{ score, isHit: best !== undefined }];
  });
};
