import type { Point } from '../../../../core/schema/geometry.ts';
import type { Shape } from './shapes.ts';

export type ShapeProblem = 'crossesItself' | 'tooSmall';

/** A thousandth of the picture: smaller than anything that is found in it. */
const leastArea = 0.001;
const leastLength = 0.02;

/** Twice the signed area of a triangle: which side of a→b `c` lies on. */
const side = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const cross = (a: Point, b: Point, c: Point, d: Point): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

const edgesOf = ({ kind, points }: Shape): [Point, Point][] =>
  points.flatMap((point, index): [Point, Point][] => {
    const next = points[index + 1] ?? (kind === 'line' ? undefined : points[0]);
    return next ? [[point, next]] : [];
  });

/** The area of a closed outline by the shoelace formula, in shares of the picture. */
const areaOf = (points: readonly Point[]): number =>
  Math.abs(
    points.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = points[(index + 1) % points.length] ?? [0, 0];
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;

const lengthOf = (shape: Shape): number =>
  edgesOf(shape).reduce((sum, [from, to]) => sum + Math.hypot(to[0] - from[0], to[1] - from[1]), 0);

/** What makes a shape unfit to be saved; undefined when nothing does. */
export const problemOf = (shape: Shape): ShapeProblem | undefined => {
  const edges = edgesOf(shape);
  const isCrossed = edges.some(([a, b], index) => edges.slice(index + 1).some(([c, d]) => cross(a, b, c, d)));
  if (isCrossed) return 'crossesItself';
  const isSmall = shape.kind === 'line' ? lengthOf(shape) < leastLength : areaOf(shape.points) < leastArea;
  return isSmall ? 'tooSmall' : undefined;
};
