import { type Corner, type FootPoint, framesPerSecond } from './walkers.ts';

export interface Crossing {
  /** Looking along the line from its first point to its last: from left to right, or back. */
  direction: 'forward' | 'backward';
  seconds: number;
}

/** Shares of the picture's width that a step must lead beyond the line: boxes tremble by half as much. */
const margin = 0.008;

/** Every time that a walker's foot point gets from one side of a straight line to the other. */
export const crossingsOf = (walkers: readonly FootPoint[][], from: Corner, to: Corner): Crossing[] =>
  walkers.flatMap((points) => crossingsOfOne(points, from, to)).sort((a, b) => a.seconds - b.seconds);

const crossingsOfOne = (points: readonly FootPoint[], from: Corner, to: Corner): Crossing[] => {
  const crossings: Crossing[] = [];
  let side = 0;
  for (const point of points) {
    const { offset, along } = placeOf(point, from, to);
    if (Math.abs(offset) < margin) continue;
    const now = Math.sign(offset);
    if (side !== 0 && now !== side && along >= 0 && along <= 1) {
      crossings.push({ direction: now > 0 ? 'forward' : 'backward', seconds: point.frame / framesPerSecond });
    }
    side = now;
  }
  return crossings;
};

/**
 * How far a point lies to the right of the line (below 0: to its left), and where along it, 0 at its first point and 1 at
 * its last. The picture's y grows downwards, so what lies clockwise of the line lies to its right.
 */
const placeOf = (
  { x, y }: FootPoint,
  [ax, ay]: Corner,
  [bx, by]: Corner,
): { offset: number; along: number } => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy);
  return {
    offset: (dx * (y - ay) - dy * (x - ax)) / length,
    along: (dx * (x - ax) + dy * (y - ay)) / length ** 2,
  };
};
