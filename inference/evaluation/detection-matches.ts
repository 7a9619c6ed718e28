import type { Detection } from '../../core/schema/detection.ts';
import type { Box } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';
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
      const iou = overlapOf(box, truth.box).iou;
      if (iou < bestIou) continue;
      best = truth; // of two that overlap alike the later one, as in COCO's
      bestIou = iou;
    }
    if (best) free.delete(best);
    else if (crowds.some((crowd) => overlapOf(box, crowd.box).shareOfFirst >= minIou)) return [];
    return [{ score, isHit: best !== undefined }];
  });
};

const overlapOf = (a: Box, b: Box): { iou: number; shareOfFirst: number } => {
  const width = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  const both = width * height;
  const first = a.w * a.h;
  const either = first + b.w * b.h - both;
  return { iou: either > 0 ? both / either : 0, shareOfFirst: first > 0 ? both / first : 0 };
};
