import type { Detection } from '../../core/schema/detection.ts';
import type { Box } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';

/** A box that somebody drew. */
export interface TrueBox {
  label: Label;
  box: Box;
  /** It stands for many: what lies in it is neither right nor wrong (COCO's `iscrowd`). */
  isCrowd?: boolean;
}

/** What a picture shows, and what was found in it. */
export interface LabelledPicture {
  truths: readonly TrueBox[];
  detections: readonly Detection[];
}
