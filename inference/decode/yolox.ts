import type { Label } from '../../core/schema/label.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { type Decode, type Decoded, keep, scoreFloor } from './candidate.ts';

/** Left, top, width, height and objectness stand before a cell's class scores. */
export const boxValues = 5;

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

/** The output shape that this decoder reads from a model with such an input, strides and labels. */
export const yoloxShapes = (card: ModelCard): number[][] => {
  const cells = toGrids(card).reduce((sum, { width, height }) => sum + width * height, 0);
  return [[1, cells, boxValues + card.labels.length]];
};

const bestClass = (data: Float32Array, from: number, classes: number): number => {
  let best = 0;
  for (let index = 1; index < classes; index++) {
    if ((data[from + index] ?? 0) > (data[from + best] ?? 0)) best = index;
  }
  return best;
};

interface Cell {
  data: Float32Array;
  at: number;
  column: number;
  row: number;
  stride: number;
}

const readCell = (
  { data, at, column, row, stride }: Cell,
  labels: readonly (Label | null)[],
  into: Decoded,
): void => {
  const objectness = data[at + 4] ?? 0;
  if (objectness < scoreFloor) return;
  const index = bestClass(data, at + boxValues, labels.length);
  const score = Math.min(1, objectness * (data[at + boxValues + index] ?? 0));
  const label = labels[index];
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

/**
 * Makes the reader of YOLOX's undecoded output: `[1, cells, 5 + classes]` over the strides in turn, row-major;
 * centre = (o + cell)·stride, size = exp(o)·stride, score = objectness · best class, both already sigmoid
 * (YOLOX, arXiv 2107.08430; `demo_postprocess` of its repository).
 */
export const createYoloxDecode = (card: ModelCard): Decode => {
  const grids = toGrids(card);
  const values = boxValues + card.labels.length;
  return ([data = new Float32Array()]) => {
    const decoded: Decoded = { candidates: [], discarded: 0 };
    let at = 0;
    for (const { width, height, stride } of grids) {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++, at += values) {
          // Not `objectness >= floor`: a NaN must reach the cell's reader to be counted.
          if (!((data[at + 4] ?? 0) < scoreFloor)) {
            readCell({ data, at, column, row, stride }, card.labels, decoded);
          }
        }
      }
    }
    return decoded;
  };
};
