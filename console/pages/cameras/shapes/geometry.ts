import type { Shape, ShapePoint } from './shape.ts';

/** How near, in shares of the picture, a point must be to be drawn to something. */
export const snapReach = 0.012;
const minArea = 0.0008;
const minLength = 0.03;
const decimals = 10_000;

export const keepInside = ([x, y]: ShapePoint): ShapePoint => {
  const inside = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * decimals) / decimals;
  return [inside(x), inside(y)];
};

const distance = (a: ShapePoint, b: ShapePoint): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Where on the stretch from `a` to `b` it is nearest to `point`. */
export const nearestOn = (point: ShapePoint, a: ShapePoint, b: ShapePoint): ShapePoint => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  if (length === 0) return a;
  const share = Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length));
  return [a[0] + share * dx, a[1] + share * dy];
};

/** The stretches between a shape's points; an area is closed. */
export const sidesOf = ({ kind, points }: Shape): [ShapePoint, ShapePoint][] => {
  const ends = kind === 'lines' ? points.slice(1) : [...points.slice(1), ...points.slice(0, 1)];
  return ends.flatMap((end, index): [ShapePoint, ShapePoint][] => {
    const start = points[index];
    return start ? [[start, end]] : [];
  });
};

/** The point drawn to a near point of another shape, else to a side of one, and to the picture's edges. */
export const snap = (point: ShapePoint, others: readonly Shape[]): ShapePoint => {
  const near = (candidates: readonly ShapePoint[]): ShapePoint | undefined =>
    candidates
      .filter((candidate) => distance(candidate, point) <= snapReach)
      .sort((a, b) => distance(a, point) - distance(b, point))[0];
  const toEdge = (value: number): number => (value <= snapReach ? 0 : value >= 1 - snapReach ? 1 : value);
  const corner = near(others.flatMap(({ points }) => points));
  if (corner) return corner;
  const onSide = near(others.flatMap(sidesOf).map(([a, b]) => nearestOn(point, a, b)));
  return keepInside(onSide ?? [toEdge(point[0]), toEdge(point[1])]);
};

/** Moved as a whole, as far as the picture goes. */
export const moveAll = (points: readonly ShapePoint[], dx: number, dy: number): ShapePoint[] => {
  const within = (values: readonly number[], by: number): number =>
    Math.min(1 - Math.max(...values), Math.max(-Math.min(...values), by));
  const byX = within(
    points.map(([x]) => x),
    dx,
  );
  const byY = within(
    points.map(([, y]) => y),
    dy,
  );
  return points.map(([x, y]) => keepInside([x + byX, y + byY]));
};

const turn = (a: ShapePoint, b: ShapePoint, c: ShapePoint): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const doCross = ([a, b]: [ShapePoint, ShapePoint], [c, d]: [ShapePoint, ShapePoint]): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

export type ShapeProblem = 'crossing' | 'small' | 'few' | 'twice' | 'id';

/** Shoelace formula, in shares of the picture. */
const areaOf = (shape: Shape): number =>
  Math.abs(sidesOf(shape).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)) / 2;

/** What keeps a shape from being of use; undefined when nothing does. */
export const problemOf = (shape: Shape, all: readonly Shape[]): ShapeProblem | undefined => {
  const sides = sidesOf(shape);
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(shape.id)) return 'id';
  if (all.some((other) => other !== shape && other.kind === shape.kind && other.id === shape.id))
    return 'twice';
  if (shape.points.length < (shape.kind === 'lines' ? 2 : 3)) return 'few';
  if (sides.some((side, index) => sides.slice(index + 1).some((other) => doCross(side, other))))
    return 'crossing';
  if (shape.kind !== 'lines') return areaOf(shape) < minArea ? 'small' : undefined;
  return sides.reduce((sum, [a, b]) => sum + distance(a, b), 0) < minLength ? 'small' : undefined;
};
