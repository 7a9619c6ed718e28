import type { Area } from './to-area.ts';

/** One colour of a picture in memory. */
export interface Plane {
  data: Uint8Array;
  /** Bytes from one row to the next, from one pixel to the next, and to the first. */
  stride: number;
  step: number;
  offset: number;
}

/** Replaces an area by squares of their mean: what lay in a square is gone. */
export const toSquares = (plane: Plane, { left, top, right, bottom, side }: Area): void => {
  for (let y = top; y < bottom; y += side) {
    for (let x = left; x < right; x += side) {
      levelOut(plane, x, y, Math.min(x + side, right), Math.min(y + side, bottom));
    }
  }
};

const levelOut = (
  { data, stride, step, offset }: Plane,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void => {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += data[offset + y * stride + x * step] ?? 0;
  }
  const mean = Math.round(sum / ((right - left) * (bottom - top)));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) data[offset + y * stride + x * step] = mean;
  }
};

/** The same area where colour has half as many pixels each way. */
export const halved = ({ left, top, right, bottom, side }: Area): Area => ({
  left: left / 2,
  top: top / 2,
  right: Math.ceil(right / 2),
  bottom: Math.ceil(bottom / 2),
  side: side / 2,
});
