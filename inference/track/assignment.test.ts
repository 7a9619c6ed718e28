import { describe, expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { assign } from './assignment.ts';

const assignTable = (table: readonly (readonly number[])[]) =>
  assign(table.length, table[0]?.length ?? 0, (row, column) => table[row]?.[column] ?? 0);

/** The greatest sum, by trying everything. */
const bestSum = (table: readonly (readonly number[])[], row = 0, used: readonly number[] = []): number => {
  const here = table[row];
  if (!here) return 0;
  const choices = here.map((affinity, column) =>
    used.includes(column) || affinity <= 0 ? 0 : affinity + bestSum(table, row + 1, [...used, column]),
  );
  return Math.max(bestSum(table, row + 1, used), ...choices);
};

describe('assign', () => {
  test.each<[string, number[][], [number, number][]]>([
    ['nothing of nothing', [], []],
    ['nothing without columns', [[], []], []],
    ['nothing without affinity', [[0, 0]], []],
    ['the better of two columns', [[0.2, 0.9]], [[0, 1]]],
    ['the better of two rows', [[0.2], [0.9]], [[1, 0]]],
    [
      'what is best in sum, not row by row',
      [
        [0.9, 0.8],
        [0.8, 0.1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    [
      'one good pair rather than two poor ones',
      [
        [0.9, 0.1],
        [0.1, 0],
      ],
      [[0, 0]],
    ],
  ])('pairs %s', (_, table, pairs) => {
    expect(assignTable(table)).toEqual(pairs);
  });

  test('is as good as trying everything, and pairs nobody twice', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    for (let round = 0; round < 300; round++) {
      const columns = random.whole(1, 6);
      const table = Array.from({ length: random.whole(1, 6) }, () =>
        Array.from({ length: columns }, () =>
          random.next() < 0.4 ? 0 : Math.round(random.next() * 10) / 10,
        ),
      );
      const pairs = assignTable(table);
      const sum = pairs.reduce((total, [row, column]) => total + (table[row]?.[column] ?? 0), 0);
      expect(sum, `seed ${seed}: ${JSON.stringify(table)}`).toBeCloseTo(bestSum(table), 9);
      expect(new Set(pairs.map(([row]) => row)).size, `seed ${seed}`).toBe(pairs.length);
      expect(new Set(pairs.map(([, column]) => column)).size, `seed ${seed}`).toBe(pairs.length);
    }
  });

  test('pairs two hundred with two hundred', () => {
    const pairs = assign(200, 200, (row, column) => 1 / (1 + Math.abs(row - column)));

    expect(pairs.every(([row, column]) => row === column)).toBe(true);
    expect(pairs).toHaveLength(200);
  });
});
