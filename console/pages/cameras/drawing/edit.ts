import type { Point } from '../../../../core/schema/geometry.ts';
import type { Shape, ShapeKind } from './shapes.ts';

/** As near as this, in shares of the picture, a point takes another's place, or the edge's. */
const snapWithin = 0.012;
/** As many as the schema allows. */
const maxPoints: Readonly<Record<ShapeKind, number>> = { zone: 64, line: 16, mask: 64 };
export const leastPoints: Readonly<Record<ShapeKind, number>> = { zone: 3, line: 2, mask: 3 };

const within = (share: number): number => Math.min(1, Math.max(0, share));

const replaced = (shapes: readonly Shape[], index: number, points: readonly Point[]): Shape[] =>
  shapes.map((shape, which) => (which === index ? { ...shape, points } : shape));

/** Where a point ends that is put at `to`: at the picture's edge or another shape's point when those are near. */
export const snapped = (to: Point, others: readonly Shape[]): Point => {
  const [x, y] = [within(to[0]), within(to[1])];
  const near = others
    .flatMap(({ points }) => points)
    .map((point) => ({ point, distance: Math.hypot(point[0] - x, point[1] - y) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near && near.distance <= snapWithin) return near.point;
  const toEdge = (share: number): number => (share <= snapWithin ? 0 : share >= 1 - snapWithin ? 1 : share);
  return [toEdge(x), toEdge(y)];
};

/** Moves one point; it stays in the picture. */
export const movePoint = (
  shapes: readonly Shape[],
  { shape, point }: { shape: number; point: number },
  to: Point,
): Shape[] => {
  const points = shapes[shape]?.points ?? [];
  return replaced(
    shapes,
    shape,
    points.map((old, which) => (which === point ? ([within(to[0]), within(to[1])] as Point) : old)),
  );
};

/** Moves a whole shape as far as it stays in the picture. */
export const moveShape = (shapes: readonly Shape[], index: number, dx: number, dy: number): Shape[] => {
  const points = shapes[index]?.points ?? [];
  const room = (axis: 0 | 1, by: number): number => {
    const shares = points.map((point) => point[axis]);
    return Math.min(1 - Math.max(...shares), Math.max(-Math.min(...shares), by));
  };
  const [x, y] = [room(0, dx), room(1, dy)];
  return replaced(
    shapes,
    index,
    points.map((point) => [point[0] + x, point[1] + y] as Point),
  );
};

/** Puts a point in the middle of the edge that begins at `after`; nothing when there are as many as may be. */
export const insertPoint = (shapes: readonly Shape[], index: number, after: number): Shape[] => {
  const shape = shapes[index];
  const from = shape?.points[after];
  const to = shape?.points[(after + 1) % shape.points.length];
  if (!shape || !from || !to || shape.points.length >= maxPoints[shape.kind]) return [...shapes];
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return replaced(shapes, index, shape.points.toSpliced(after + 1, 0, middle));
};

/** Takes a point out; the last few of a shape stay. */
export const removePoint = (shapes: readonly Shape[], index: number, point: number): Shape[] => {
  const shape = shapes[index];
  if (!shape || shape.points.length <= leastPoints[shape.kind]) return [...shapes];
  return replaced(shapes, index, shape.points.toSpliced(point, 1));
};

const starts: Readonly<Record<ShapeKind, readonly Point[]>> = {
  zone: [
    [0.35, 0.35],
    [0.65, 0.35],
    [0.65, 0.65],
    [0.35, 0.65],
  ],
  line: [
    [0.35, 0.5],
    [0.65, 0.5],
  ],
  mask: [
    [0.4, 0.4],
    [0.6, 0.4],
    [0.6, 0.6],
    [0.4, 0.6],
  ],
};

/** Adds a shape in the middle of the picture, under an id that is free. */
export const addShape = (shapes: readonly Shape[], kind: ShapeKind): Shape[] => {
  const ids = new Set(shapes.map(({ id }) => id));
  let number = 1;
  while (ids.has(`${kind}-${number}`)) number++;
  return [...shapes, { kind, id: `${kind}-${number}`, points: starts[kind] }];
};
