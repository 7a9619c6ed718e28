import type { Box, Point } from '../../core/schema/geometry.ts';

/** Intersection over union of two boxes; 0 for boxes without area. */
export const boxIou = (a: Box, b: Box): number => {
  const both = sharedArea(a, b);
  const union = a.w * a.h + b.w * b.h - both;
  return union > 0 ? both / union : 0;
};

/** How alike in size two boxes are: the product of the ratios of widths and heights, 1 for the same size. */
export const sizeLikeness = (a: Box, b: Box): number =>
  (Math.min(a.w, b.w) / Math.max(a.w, b.w)) * (Math.min(a.h, b.h) / Math.max(a.h, b.h));

/** How much of `inner` lies in `outer`, from 0 to 1. */
export const insideShare = (inner: Box, outer: Box): number => {
  const area = inner.w * inner.h;
  return area > 0 ? sharedArea(inner, outer) / area : 0;
};

const sharedArea = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
};

const unit = (value: number): number => Math.min(1, Math.max(0, value));

/** Cuts a box at the picture's edges. */
export const insidePicture = ({ x, y, w, h }: Box): Box => {
  const left = unit(x);
  const top = unit(y);
  return { x: left, y: top, w: unit(x + w) - left, h: unit(y + h) - top };
};

export const isCentreInPicture = ({ x, y, w, h }: Box): boolean =>
  x + w / 2 >= 0 && x + w / 2 <= 1 && y + h / 2 >= 0 && y + h / 2 <= 1;

/** Where something stands: the middle of the box's lower edge. */
export const footOf = ({ x, y, w, h }: Box): Point => [x + w / 2, y + h];
