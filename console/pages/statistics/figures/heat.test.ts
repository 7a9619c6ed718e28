import { describe, expect, it } from 'vitest';
import { heatOf, toHeatRows } from './heat.ts';

describe('toHeatRows', () => {
  it('adds up by key and hour, the most first', () => {
    const { rows, sums, max } = toHeatRows([
      { key: 'a', hour: 0, count: 1 },
      { key: 'b', hour: 23, count: 4 },
      { key: 'b', hour: 0, count: 2 },
    ]);
    expect(rows.map(({ key, total }) => [key, total])).toEqual([
      ['b', 6],
      ['a', 1],
    ]);
    expect([sums.total, sums.hours[0], sums.hours[23], max]).toEqual([7, 3, 4, 4]);
  });

  it('of nothing is empty', () => {
    expect(toHeatRows([])).toMatchObject({ rows: [], max: 0, sums: { total: 0 } });
  });
});

it('is warm wherever there is anything', () => {
  expect([heatOf(0, 100), heatOf(1, 100), heatOf(50, 100), heatOf(100, 100)]).toEqual([0, 1, 3, 5]);
});
