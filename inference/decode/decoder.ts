import type { Detection } from '../../core/schema/detection.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { inferenceError } from '../errors.ts';
import type { Decode } from './candidate.ts';
import { centernetShapes, createCenternetDecode } from './centernet.ts';
import { toDetections } from './detections.ts';
import { suppress } from './suppress.ts';
import { createYoloxBestDecode, createYoloxDecode, yoloxBestShapes, yoloxShapes } from './yolox.ts';

/** Chosen on the vtest and COCO footage: a lower one loses people who walk side by side. */
const maxIou = 0.5;
/** More boxes than this in one frame are noise; the tracker's work grows with them. */
const detectionLimit = 200;

const kinds = {
  yolox: { shapes: yoloxShapes, create: createYoloxDecode },
  'yolox-best': { shapes: yoloxBestShapes, create: createYoloxBestDecode },
  centernet: { shapes: centernetShapes, create: createCenternetDecode },
} as const;

/** The shapes of the tensors that a card's decoder reads with its input, strides and labels. */
export const answerShapes = (card: ModelCard): number[][] => kinds[card.output.decoder].shapes(card);

export interface Findings {
  detections: Detection[];
  /** Boxes thrown away because a number in them was not finite. */
  discarded: number;
}

/** Turns output tensors into detections on a picture of `width` × `height` pixels at the input's top left. */
export type FindDetections = (tensors: readonly Float32Array[], width: number, height: number) => Findings;

const show = (shapes: readonly (readonly number[])[]): string =>
  shapes.map((shape) => `[${shape.join(',')}]`).join(' ');

/** Makes the whole way from tensors to detections. Throws `model-shape-mismatch` when a card contradicts itself. */
export const createFindDetections = (card: ModelCard): FindDetections => {
  const expected = show(answerShapes(card));
  const got = show(card.output.tensors.map(({ shape }) => shape));
  if (expected !== got) {
    throw inferenceError(
      'model-shape-mismatch',
      `card of model '${card.id}': decoder ${card.output.decoder} reads ${expected} with this input, strides and labels, but the card says ${got}; correct the card`,
      { modelId: card.id, expected, got },
    );
  }
  const decode: Decode = kinds[card.output.decoder].create(card);
  return (tensors, width, height) => {
    const { candidates, discarded } = decode(tensors);
    const kept = suppress(candidates, { maxIou, limit: detectionLimit });
    return { detections: toDetections(kept, width, height), discarded };
  };
};
