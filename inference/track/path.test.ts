import { expect, test } from 'vitest';
import type { Point } from '../../core/schema/geometry.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { Path, simplify } from './path.ts';

const pathOf = (points: readonly Point[]): Point[] => {
  const path = new Path();
  for (const point of points) path.add(point);
  return path.toPoints();
};

test('keeps the ends of a straight walk and the corner of a bent one', () => {
  const out = Array.from({ length: 21 }, (_, index): Point => [index / 40, 0.5]);
  const down = Array.from({ length: 20 }, (_, index): Point => [0.5, 0.5 + (index + 1) / 40]);

  expect(pathOf(out)).toEqual([
    [0, 0.5],
    [0.5, 0.5],
  ]);
  expect(pathOf([...out, ...down])).toEqual([
    [0, 0.5],
    [0.5, 0.5],
    [0.5, 1],
  ]);
});

test('is one point for what never moved, and none for nothing', () => {
  expect(pathOf(Array.from({ length: 500 }, (): Point => [0.31234567, 0.7]))).toEqual([[0.3123, 0.7]]);
  expect(pathOf([])).toEqual([]);
});

test('ends where the object was last', () => {
  expect(
    pathOf([
      [0.1, 0.1],
      [0.5, 0.5],
      [0.501, 0.5],
    ]).at(-1),
  ).toEqual([0.501, 0.5]);
});

test('gives at most 64 points inside the picture, however wild and long the way', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const wild = Array.from({ length: 5_000 }, (): Point => [random.between(-0.1, 1.1), random.next()]);

  const points = pathOf(wild);

  expect(points.length, `seed ${seed}`).toBeLessThanOrEqual(64);
  expect(points.length, `seed ${seed}`).toBeGreaterThan(2);
  expect(
    points.flat().every((value) => value >= 0 && value <= 1),
    `seed ${seed}`,
  ).toBe(true);
});

test('keeps the most telling points when there is no room for all', () => {
  const zigzag = Array.from(
    { length: 11 },
    (_, index): Point => [index / 10, index === 5 ? 0.4 : (index % 2) / 50],
  );

  expect(simplify(zigzag, 100)).toEqual(zigzag);
  expect(simplify(zigzag, 3)).toEqual([zigzag[0], zigzag[5], zigzag[10]]);
});
