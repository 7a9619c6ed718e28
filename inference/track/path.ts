import type { Point } from '../../core/schema/geometry.ts';

/** As many points as a finished track's path has at most. */
const pathLimit = 64;
/** While a track lives its path is thinned to half of this whenever it grows beyond it. */
const workingLimit = 256;
/** Closer than this to the last point nothing is worth keeping: some pixels of a wide picture. */
const shortestStep = 0.003;
/** How far a simplified path may lie beside the true one. */
const tolerance = 0.002;

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

const distanceBetween = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);

/** Distance of `point` from the segment `from`–`to`. */
const distanceFrom = (point: Point, from: Point, to: Point): number => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx ** 2 + dy ** 2;
  const along = length > 0 ? ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length : 0;
  const share = Math.min(1, Math.max(0, along));
  return distanceBetween(point, [from[0] + share * dx, from[1] + share * dy]);
};

/** A stretch between two kept points, with the point of it that lies furthest from their line. */
interface Span {
  first: number;
  last: number;
  furthest: number;
  distance: number;
}

const toSpan = (points: readonly Point[], first: number, last: number): Span => {
  const span = { first, last, furthest: first, distance: 0 };
  const [from, to] = [points[first], points[last]];
  if (!from || !to) return span;
  for (let index = first + 1; index < last; index++) {
    const point = points[index];
    const distance = point ? distanceFrom(point, from, to) : 0;
    if (distance > span.distance) Object.assign(span, { furthest: index, distance });
  }
  return span;
};

/**
 * Keeps the first point, the last and, the most telling first, those in between without which the path would lie
 * more than `tolerance` beside itself, up to `limit` (at least 2): Douglas and Peucker, 1973, cut off at a count.
 */
export const simplify = (points: readonly Point[], limit: number): Point[] => {
  if (points.length <= 2) return [...points];
  const kept = new Set([0, points.length - 1]);
  const spans = [toSpan(points, 0, points.length - 1)];
  while (kept.size < limit) {
    const widest = spans.reduce((found, span) => (span.distance > found.distance ? span : found));
    if (widest.distance <= tolerance) break;
    kept.add(widest.furthest);
    spans.splice(
      spans.indexOf(widest),
      1,
      toSpan(points, widest.first, widest.furthest),
      toSpan(points, widest.furthest, widest.last),
    );
  }
  return points.filter((_, index) => kept.has(index));
};

/** Where one track's feet have been. Bounded however long the track lives. */
export class Path {
  #points: Point[] = [];
  #last: Point | undefined;

  add(point: Point): void {
    this.#last = point;
    const previous = this.#points.at(-1);
    if (previous && distanceBetween(point, previous) < shortestStep) return;
    this.#points.push(point);
    if (this.#points.length > workingLimit) this.#points = simplify(this.#points, workingLimit / 2);
  }

  /** The path in at most 64 points of four decimals. */
  toPoints(): Point[] {
    const [end, last] = [this.#points.at(-1), this.#last];
    const isElsewhere = end && last && distanceBetween(end, last) > 0;
    return simplify(isElsewhere ? [...this.#points, last] : this.#points, pathLimit).map(
      ([x, y]): Point => [round(x), round(y)],
    );
  }
}
