import type { Label } from '../../core/schema/label.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { type Decode, type Decoded, keep, scoreFloor } from './candidate.ts';

/** Left, top, width, height and objectness stand before what a cell says of its class. */
export const boxValues = 5;
/** Of a cell that answers with its best class alone: box and objectness, that class's score and its number. */
export const bestValues = boxValues + 2;

interface Grid {
  width: number;
  height: number;
  stride: number;
}

/** The grids of cells that a YOLOX head lays over its input, one per stride. */
const toGrids = ({ input, output }: ModelCard): Grid[] =>
  output.strides.map((stride) => ({
    width: Math.floor(input.width / stride),
    height: Math.floor(input.height / stride),
    stride,
  }));

const shapesOf = (card: ModelCard, values: number): number[][] => {
  const cells = toGrids(card).reduce((sum, { width, height }) => sum + width * height, 0);
  return [[1, cells, values]];
};

const valuesOf = ({ labels }: ModelCard): number => boxValues + labels.length;

/** The output shape that `yolox` reads from a model with such an input, strides and labels. */
export const yoloxShapes = (card: ModelCard): number[][] => shapesOf(card, valuesOf(card));

/** The same of `yolox-best`. */
export const yoloxBestShapes = (card: ModelCard): number[][] => shapesOf(card, bestValues);

interface Best {
  /** Among the labels; anything else is no class. */
  index: number;
  score: number;
}

/** Reads a cell's best class from what stands behind its objectness. */
type ReadBest = (data: Float32Array, from: number) => Best;

const searchBest =
  (classes: number): ReadBest =>
  (data, from) => {
    let best = 0;
    for (let index = 1; index < classes; index++) {
      if ((data[from + index] ?? 0) > (data[from + best] ?? 0)) best = index;
    }
    return { index: best, score: data[from + best] ?? 0 };
  };

const readBest: ReadBest = (data, from) => ({ index: data[from + 1] ?? -1, score: data[from] ?? 0 });

interface Cell {
  data: Float32Array;
  at: number;
  column: number;
  row: number;
  stride: number;
}

const readCell = (
  { data, at, column, row, stride }: Cell,
  best: Best,
  labels: readonly (Label | null)[],
  into: Decoded,
): void => {
  const score = Math.min(1, (data[at + 4] ?? 0) * best.score);
  const label = labels[best.index];
  if (score < scoreFloor || !label) return;
  const x = ((data[at] ?? 0) + column) * stride;
  const y = ((data[at + 1] ?? 0) + row) * stride;
  const halfWidth = (Math.exp(data[at + 2] ?? 0) * stride) / 2;
  const halfHeight = (Math.exp(data[at + 3] ?? 0) * stride) / 2;
  keep(into, {
    label,
    score,
    left: x - halfWidth,
    top: y - halfHeight,
    right: x + halfWidth,
    bottom: y + halfHeight,
  });
};

/** Walks over the cells of the strides in turn, row-major, each of so many values. */
const createDecode = (card: ModelCard, values: number, bestAt: ReadBest): Decode => {
  const grids = toGrids(card);
  return ([data = new Float32Array()]) => {
    const decoded: Decoded = { candidates: [], discarded: 0 };
    let at = 0;
    for (const { width, height, stride } of grids) {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++, at += values) {
          // Not `objectness >= floor`: a NaN must reach the cell's reader to be counted.
          if (!((data[at + 4] ?? 0) < scoreFloor)) {
            readCell({ data, at, column, row, stride }, bestAt(data, at + boxValues), card.labels, decoded);
          }
        }
      }
    }
    return decoded;
  };
};

/**
 * Makes the reader of YOLOX's undecoded output: `[1, cells, 5 + classes]` over the strides in turn, row-major;
 * centre = (o + cell)·stride, size = exp(o)·stride, score = objectness · best class, both already sigmoid
 * (YOLOX, arXiv 2107.08430; `demo_postprocess` of its repository).
 */
export const createYoloxDecode = (card: ModelCard): Decode =>
  createDecode(card, valuesOf(card), searchBest(card.labels.length));

/** The same of an output of which each cell has been left its best class alone: `[1, cells, 7]`. */
export const createYoloxBestDecode = (card: ModelCard): Decode => createDecode(card, bestValues, readBest);
