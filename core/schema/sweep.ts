import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Label } from './label.ts';
import { ModelId } from './model-card.ts';

const share = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]);
const count = Type.Integer({ minimum: 0 });

/** How good detection is when only what reaches `score` counts; null where there is nothing to divide by. */
const SweepPoint = closed({
  score: Type.Number({ minimum: 0, maximum: 1 }),
  precision: share,
  recall: share,
  f1: share,
});
export type SweepPoint = Static<typeof SweepPoint>;

const LabelSweep = closed({
  label: Label,
  /** Boxes that people drew. */
  truths: count,
  ap50: Type.Number({ minimum: 0, maximum: 1 }),
  points: Type.Array(SweepPoint, { maxItems: 64 }),
  /** The one with the highest F1, the lower score of two alike. */
  best: Type.Optional(SweepPoint),
});
export type LabelSweep = Static<typeof LabelSweep>;

const FolderSweep = closed({
  /** A camera's id, as a rule. */
  name: Type.String({ maxLength: 255 }),
  pictures: count,
  labels: Type.Array(LabelSweep, { maxItems: 64 }),
});
export type FolderSweep = Static<typeof FolderSweep>;

/** What `xueliang eval sweep` measured, as it keeps it in the data folder. */
export const Sweep = closed({
  modelId: ModelId,
  at: Type.Integer({ minimum: 0 }),
  folders: Type.Array(FolderSweep, { maxItems: 64 }),
});
export type Sweep = Static<typeof Sweep>;
