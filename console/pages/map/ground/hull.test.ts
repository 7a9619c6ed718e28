import { expect, test } from 'vitest';
import { hullOf } from './hull.ts';
import type { LonLat } from './shift.ts';

test('the outline goes around all points and through the outer ones', () => {
  const corners: LonLat[] = [
    [0, 0],
    [4, 0],
    [4, 3],
    [0, 3],
  ];

  expect(hullOf([[1, 1], ...corners, [2, 2], [2, 0], [4, 3]])).toEqual(corners);
});

test('few points are their own outline', () => {
  expect(hullOf([])).toEqual([]);
  expect(
    hullOf([
      [1, 1],
      [1, 1],
    ]),
  ).toEqual([[1, 1]]);
});

test('every point lies inside or on the outline', () => {
  let seed = 20261128;
  const random = (): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  const points = Array.from({ length: 500 }, (): LonLat => [random(), random()]);
  const hull = hullOf(points);
  for (const [index, [ax, ay]] of hull.entries()) {
    const [bx, by] = hull[(index + 1) % hull.length] ?? [0, 0];
    const isOutside = points.some(([x, y]) => (bx - ax) * (y - ay) - (by - ay) * (x - ax) < -1e-12);
    expect(isOutside, 'seed 20261128').toBe(false);
  }
});
