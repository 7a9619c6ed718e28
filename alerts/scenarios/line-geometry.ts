import type { Box, Point } from '../../core/schema/geometry.ts';
import { clipBox } from './geometry.ts';

/** A directed line of two points or more. */
export type Polyline = readonly Point[];

/** Steps of the grid on which crossings are decided: a 4000th of a pixel at 4096 pixels a side. */
const grid = 2 ** 24;

/** Differences stay below 2^25 and their products below 2^50, so every sign below is exact in a double. */
const toGrid = ([x, y]: Point): Point => [Math.round(x * grid), Math.round(y * grid)];

/** Which side of a directed segment a vector from its start points to: 1 right, -1 left, 0 along it. */
const turn = ([dx, dy]: Point, [vx, vy]: Point): number => Math.sign(dx * vy - dy * vx);

const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];

/** Where a hair's breadth downwards, and a hair's breadth of that to the right, lies from something that runs along `d`. */
const hairFrom = ([dx, dy]: Point): number => (dx !== 0 ? Math.sign(dx) : -Math.sign(dy));

/** 1: crossed from its left to its right. -1: the other way. `from` and `to` are on the grid, as are `start` and `end`. */
const crossingOf = (from: Point, to: Point, start: Point, end: Point): number => {
  const along = minus(end, start);
  const step = minus(to, from);
  const before = turn(along, minus(from, start)) || hairFrom(along);
  const after = turn(along, minus(to, start)) || hairFrom(along);
  if (before === after) return 0;
  // The line's two ends must lie on different sides of the step, which is a hair lower than it seems.
  const first = turn(step, minus(start, from)) || -hairFrom(step);
  const last = turn(step, minus(end, from)) || -hairFrom(step);
  return first === last ? 0 : after;
};

/**
 * How often a step from one point to another crosses a line: each crossing from its left to its right (looking along
 * it) counts 1, each the other way -1. Exact on a grid of 2^24 steps a side. What lies exactly on the line, a corner
 * or an end of it is taken to lie a hair lower in the picture and, by a hair of that, further right. So every point
 * is on one side, and over any path whatever (onto the line and on, onto it and back, along it, through a corner)
 * the counts of its steps add up to those of the path as a whole: none is lost, and none counts twice.
 */
export const netCrossings = (from: Point, to: Point, line: Polyline): number => {
  const [a, b] = [toGrid(from), toGrid(to)];
  const points = line.map(toGrid);
  let net = 0;
  for (const [index, end] of points.entries()) {
    const start = points[index - 1];
    if (start) net += crossingOf(a, b, start, end);
  }
  return net;
};

/**
 * Width of a picture in heights. Frames do not tell it; nearly all cameras of these years send 16:9, and with 4:3
 * distances across are a third too long.
 */
const aspect = 16 / 9;

/** From shares of the picture to heights of it, in which a step across is as long as the same step down. */
const toHeights = ([x, y]: Point): Point => [x * aspect, y];

/** Distance of two points in heights of the picture. */
export const pointDistance = (a: Point, b: Point): number => Math.hypot(...toHeights(minus(a, b)));

const nearestOn = (point: Point, line: Polyline): { distance: number; along: Point } => {
  let nearest = { distance: Number.POSITIVE_INFINITY, along: [0, 0] as Point };
  const [px, py] = toHeights(point);
  for (const [index, next] of line.entries()) {
    const [sx, sy] = toHeights(line[index - 1] ?? next);
    const [dx, dy] = minus(toHeights(next), [sx, sy]);
    const squared = dx * dx + dy * dy;
    if (squared === 0) continue;
    const share = Math.min(1, Math.max(0, ((px - sx) * dx + (py - sy) * dy) / squared));
    const distance = Math.hypot(px - sx - share * dx, py - sy - share * dy);
    const length = Math.sqrt(squared);
    if (distance < nearest.distance) nearest = { distance, along: [dx / length, dy / length] };
  }
  return nearest;
};

/** Distance from a point to a line, in heights of the picture. */
export const lineDistance = (point: Point, line: Polyline): number => nearestOn(point, line).distance;

/** Which way a line runs where it is nearest to a point: a step of one height of the picture; `[0, 0]` when nowhere. */
export const directionNear = (point: Point, line: Polyline): Point => nearestOn(point, line).along;

/** What two sides of a box agree on: when only one moves, the box was cut or hidden, and nothing moved. */
const agreed = (a: number, b: number): number =>
  a * b > 0 ? Math.sign(a) * Math.min(Math.abs(a), Math.abs(b)) : 0;

/** A box that changed by this factor both ways came nearer or went away; anything else that changes its size hides it. */
const scaled = 1.1;

/**
 * How far a thing went between two boxes of it, in heights of the picture. A side that stays while the other moves
 * (it is cut off by the picture's edge, or something stands before it) is no movement.
 */
export const movementOf = (before: Box, after: Box): Point => {
  const [a, b] = [clipBox(before), clipBox(after)];
  const across = agreed(b.x - a.x, b.x + b.w - a.x - a.w) * aspect;
  const bottom = b.y + b.h - a.y - a.h;
  const [wider, higher] = [b.w / a.w, b.h / a.h];
  const isScaled = Math.min(wider, higher) > scaled || Math.max(wider, higher) < 1 / scaled;
  return [across, isScaled ? bottom : agreed(b.y - a.y, bottom)];
};

/** How much of a movement goes along a direction. */
export const alongOf = ([x, y]: Point, [dx, dy]: Point): number => x * dx + y * dy;
