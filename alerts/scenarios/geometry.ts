import type { Box, Point, Polygon } from '../../core/schema/geometry.ts';

/**
 * How near an edge counts as on it, in shares of the picture: a thousandth of a pixel at a million pixels a side.
 * Only there to absorb rounding, for a point computed to lie on an edge rarely does so to the last bit.
 */
const onEdge = 1e-9;

/** Whether all four numbers are usable and the box encloses something. */
export const isSoundBox = ({ x, y, w, h }: Box): boolean =>
  Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(w) && Number.isFinite(h) && w > 0 && h > 0;

const toUnit = (value: number): number => Math.min(1, Math.max(0, value));

/** The part of a box that lies in the picture: a tracker's guess may reach beyond. */
export const clipBox = ({ x, y, w, h }: Box): Box => {
  const left = toUnit(x);
  const top = toUnit(y);
  return { x: left, y: top, w: Math.max(0, toUnit(x + w) - left), h: Math.max(0, toUnit(y + h) - top) };
};

/** Where the object stands: the middle of the box's lower edge, kept inside the picture. */
export const footPoint = ({ x, y, w, h }: Box): Point => [toUnit(x + w / 2), toUnit(y + h)];

const isOnSegment = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): boolean => {
  const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2;
  const along =
    lengthSquared === 0 ? 0 : toUnit(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / lengthSquared);
  return Math.hypot(x - (ax + along * (bx - ax)), y - (ay + along * (by - ay))) <= onEdge;
};

/**
 * Whether a point lies in a polygon; its edges and corners belong to it. Non-zero winding rule (Sunday, 2001): any
 * shape and either direction, and where an outline overlaps itself the overlap is inside.
 */
export const isInside = (point: Point, polygon: Polygon): boolean => {
  const [x, y] = point;
  let winding = 0;
  for (const [index, start] of polygon.entries()) {
    const end = polygon[(index + 1) % polygon.length] ?? start;
    if (isOnSegment(point, start, end)) return true;
    const side = (end[0] - start[0]) * (y - start[1]) - (x - start[0]) * (end[1] - start[1]);
    if (start[1] <= y && end[1] > y && side > 0) winding++;
    if (start[1] > y && end[1] <= y && side < 0) winding--;
  }
  return winding !== 0;
};

const lowerShare = 1 / 3;
const columns = 9;
const rows = 3;

/** Share (0–1) of a box that lies in the polygon; by a 9 × 3 grid. */
export const shareInside = ({ x, y, w, h }: Box, polygon: Polygon): number => {
  let inside = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const px = x + (w * (column + 0.5)) / columns;
      const py = y + (h * (row + 0.5)) / rows;
      if (isInside([px, py], polygon)) inside++;
    }
  }
  return inside / (columns * rows);
};

/** Share (0–1) of the lower third of a box, where wheels meet the ground, that lies in the polygon. */
export const lowerPartInside = ({ x, y, w, h }: Box, polygon: Polygon): number =>
  shareInside({ x, y: y + h * (1 - lowerShare), w, h: h * lowerShare }, polygon);

const areaOf = ({ w, h }: Box): number => w * h;

const sharedArea = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
};

/** Intersection over union, 0–1. */
export const boxIou = (a: Box, b: Box): number => {
  const shared = sharedArea(a, b);
  const union = areaOf(a) + areaOf(b) - shared;
  return union > 0 ? shared / union : 0;
};

/** Share (0–1) of the smaller of two boxes that lies in the other. */
export const boxContainment = (a: Box, b: Box): number => {
  const smaller = Math.min(areaOf(a), areaOf(b));
  return smaller > 0 ? sharedArea(a, b) / smaller : 0;
};

/** Share (0–1) of a box that another hides. */
export const hiddenShare = (box: Box, other: Box): number =>
  areaOf(box) > 0 ? sharedArea(box, other) / areaOf(box) : 0;

/** Distance between the middles of two boxes, in shares of the picture. */
export const centreDistance = (a: Box, b: Box): number =>
  Math.hypot(a.x + a.w / 2 - (b.x + b.w / 2), a.y + a.h / 2 - (b.y + b.h / 2));
