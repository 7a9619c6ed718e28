import type { ModelCard } from '../../core/schema/model-card.ts';
import { type Decode, type Decoded, keep, scoreFloor } from './candidate.ts';

interface HeatMap {
  width: number;
  height: number;
  stride: number;
}

const toHeatMap = ({ input, output }: ModelCard): HeatMap => {
  const stride = output.strides[0] ?? 1;
  return { width: Math.floor(input.width / stride), height: Math.floor(input.height / stride), stride };
};

/** The output shapes that this decoder reads: the heat map, then the distances. */
export const centernetShapes = (card: ModelCard): number[][] => {
  const { width, height } = toHeatMap(card);
  return [
    [1, card.labels.length, height, width],
    [1, 4, height, width],
  ];
};

/** Whether no neighbour within one cell is hotter. Of equal neighbours both stay; suppression joins them. */
const isPeak = (
  heat: Float32Array,
  plane: number,
  x: number,
  y: number,
  { width, height }: HeatMap,
): boolean => {
  const value = heat[plane + y * width + x] ?? 0;
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      if ((heat[plane + ny * width + nx] ?? 0) > value) return false;
    }
  }
  return true;
};

/**
 * Makes the reader of a CenterNet's output: a box wherever the class's heat equals the maximum of its 3×3
 * neighbourhood, reaching from the cell's corner (index · stride) by the four distances there to left, top,
 * right and bottom ("Objects as Points", arXiv 1904.07850; distances as in TTFNet, arXiv 1909.00700).
 */
export const createCenternetDecode = (card: ModelCard): Decode => {
  const map = toHeatMap(card);
  const { width, height, stride } = map;
  const area = width * height;
  return ([heat = new Float32Array(), distances = new Float32Array()]) => {
    const decoded: Decoded = { candidates: [], discarded: 0 };
    for (const [index, label] of card.labels.entries()) {
      if (label === null) continue;
      const plane = index * area;
      for (let cell = 0; cell < area; cell++) {
        const heatHere = heat[plane + cell] ?? 0;
        if (heatHere < scoreFloor) continue;
        const x = cell % width;
        const y = (cell - x) / width;
        if (!isPeak(heat, plane, x, y, map)) continue;
        keep(decoded, {
          label,
          score: Math.min(1, heatHere),
          left: x * stride - (distances[cell] ?? 0),
          top: y * stride - (distances[area + cell] ?? 0),
          right: x * stride + (distances[2 * area + cell] ?? 0),
          bottom: y * stride + (distances[3 * area + cell] ?? 0),
        });
      }
    }
    return decoded;
  };
};
