import { describe, expect, it } from 'vitest';
import { median, quantile, slope } from './quantiles.ts';

describe('quantile', () => {
  it.each([
    [[5], 0.95, 5],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2.5],
    [[0, 10], 0.95, 9.5],
    [[2, 2, 2], 0, 2],
  ])('of %j at %f is %f', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected, 9);
  });

  it('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('slope', () => {
  it('is that of the straight line through the points', () => {
    const points = [0, 1, 2, 3].map((at) => ({ at, value: 7 + 0.5 * at + (at % 2 === 0 ? 0.1 : 0.1) }));

    expect(slope(points)).toBeCloseTo(0.5, 9);
  });

  it('of a single point is none', () => {
    expect(slope([{ at: 1, value: 5 }])).toBe(0);
  });
});
