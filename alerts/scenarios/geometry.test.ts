import { describe, expect, it } from 'vitest';
import type { Point, Polygon } from '../../core/schema/geometry.ts';
import { square } from '../../test/fixtures/alerts/rehearsal.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import {
  boxContainment,
  boxIou,
  clipBox,
  footPoint,
  isInside,
  isSoundBox,
  lowerPartInside,
} from './geometry.ts';

/** A C: the notch from the right between 0.4 and 0.6 is outside. */
const notched: Polygon = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.8, 0.4],
  [0.4, 0.4],
  [0.4, 0.6],
  [0.8, 0.6],
  [0.8, 0.8],
  [0.2, 0.8],
];
const line: Polygon = [
  [0.1, 0.1],
  [0.7, 0.3],
  [0.1, 0.1],
];

describe('isInside', () => {
  it.each<[string, Point, Polygon, boolean]>([
    ['the middle', [0.5, 0.5], square, true],
    ['a corner', [0.3, 0.3], square, true],
    ['the last corner', [0.3, 0.7], square, true],
    ['an upright edge', [0.7, 0.45], square, true],
    ['a level edge', [0.41, 0.3], square, true],
    ['the extension of an edge', [0.8, 0.3], square, false],
    ['a hair outside an edge', [0.7 + 1e-6, 0.5], square, false],
    ['level with a corner but outside', [0.1, 0.7], square, false],
    ['the body of a non-convex zone', [0.3, 0.5], notched, true],
    ['the notch of a non-convex zone', [0.6, 0.5], notched, false],
    ['the notch’s own edge', [0.6, 0.4], notched, true],
    ['level with the notch’s corners, inside', [0.3, 0.4], notched, true],
    ['a slanted edge’s middle, which rounding misses', [0.4, 0.2], line, true],
    ['beside a zone without area', [0.4, 0.21], line, false],
    [
      'a zone that is one point',
      [0.5, 0.5],
      [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      true,
    ],
    ['no zone at all', [0.5, 0.5], [], false],
    ['a point that is no number', [Number.NaN, 0.5], square, false],
    ['a point at infinity', [Number.POSITIVE_INFINITY, 0.5], square, false],
  ])('tells of %s', (_, point, polygon, expected) => {
    expect(isInside(point, polygon)).toBe(expected);
    expect(isInside(point, polygon.toReversed())).toBe(expected);
  });

  it('finds every point on every edge of a random polygon inside', () => {
    const seed = freshSeed();
    const { next: random } = createSeededRandom(seed);
    for (let round = 0; round < 300; round++) {
      const corners = 3 + Math.floor(random() * 12);
      const polygon: Polygon = Array.from({ length: corners }, () => [random(), random()]);
      const from = polygon[round % corners] ?? [0, 0];
      const to = polygon[(round + 1) % corners] ?? [0, 0];
      const share = random();
      const point: Point = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];

      expect(isInside(point, polygon), `seed ${seed}, round ${round}`).toBe(true);
    }
  });

  it('agrees with the half-planes of a random triangle', () => {
    const seed = freshSeed();
    const { next: random } = createSeededRandom(seed);
    for (let round = 0; round < 1000; round++) {
      const [a, b, c, p] = Array.from({ length: 4 }, (): Point => [random(), random()]) as [
        Point,
        Point,
        Point,
        Point,
      ];
      const sides = [
        [a, b],
        [b, c],
        [c, a],
      ].map(([s, e]) => (s && e ? (e[0] - s[0]) * (p[1] - s[1]) - (e[1] - s[1]) * (p[0] - s[0]) : 0));
      const expected = sides.every((side) => side >= 0) || sides.every((side) => side <= 0);

      expect(isInside(p, [a, b, c]), `seed ${seed}, round ${round}`).toBe(expected);
    }
  });
});

it('puts the foot point of a box cut off by the picture’s edge on that edge', () => {
  const [x, y] = footPoint({ x: 0.9, y: 0.8, w: 0.3, h: 0.4 });

  expect([x, y]).toEqual([1, 1]);
});

it.each([
  ['a box', { x: 0.1, y: 0.1, w: 0.1, h: 0.1 }, true],
  ['a box without width', { x: 0.1, y: 0.1, w: 0, h: 0.1 }, false],
  ['a box turned inside out', { x: 0.1, y: 0.1, w: -0.1, h: 0.1 }, false],
  ['a box that is no number', { x: Number.NaN, y: 0.1, w: 0.1, h: 0.1 }, false],
  ['a box without end', { x: 0.1, y: 0.1, w: 0.1, h: Number.POSITIVE_INFINITY }, false],
])('tells whether %s is sound', (_, box, expected) => {
  expect(isSoundBox(box)).toBe(expected);
});

it('clips a box to the picture', () => {
  const clipped = clipBox({ x: -0.1, y: 0.9, w: 0.3, h: 0.3 });

  expect(clipped.x).toBe(0);
  expect(clipped.w).toBeCloseTo(0.2);
  expect(clipped.y + clipped.h).toBeCloseTo(1);
});

it('tells overlap and containment of boxes', () => {
  const whole = { x: 0, y: 0, w: 0.4, h: 0.2 };
  const half = { x: 0.2, y: 0, w: 0.2, h: 0.2 };
  const apart = { x: 0.6, y: 0.6, w: 0.2, h: 0.2 };

  expect(boxIou(whole, half)).toBeCloseTo(0.5);
  expect(boxContainment(whole, half)).toBeCloseTo(1);
  expect(boxIou(whole, apart)).toBe(0);
  expect(boxIou({ ...whole, w: 0 }, { ...whole, w: 0 })).toBe(0);
});

it.each([
  ['wholly inside', { x: 0.4, y: 0.4, w: 0.2, h: 0.2 }, 1],
  ['standing beyond the zone’s lower edge', { x: 0.4, y: 0.6, w: 0.2, h: 0.3 }, 0],
  ['half beside the zone', { x: 0.6, y: 0.4, w: 0.2, h: 0.2 }, 0.5],
])('measures how much of the lower part of a box lies in a zone: %s', (_, box, expected) => {
  expect(Math.abs(lowerPartInside(box, square) - expected)).toBeLessThan(0.07);
});
