import { describe, expect, test } from 'vitest';
import { tinyYoloxBestCard, tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { createYoloxBestDecode, createYoloxDecode, yoloxBestShapes, yoloxShapes } from './yolox.ts';

const values = 8;
const decode = createYoloxDecode(tinyYoloxCard);

/** An output in which one cell speaks: x, y, w, h, objectness, then a score per class. */
const outputWith = (cell: number, numbers: readonly number[]): Float32Array => {
  const data = new Float32Array(21 * values);
  data.set(numbers, cell * values);
  return data;
};

describe('createYoloxDecode', () => {
  test.each([
    // Cell 6 of the 4×4 grid of stride 8 is column 2, row 1; size e^0·8 = 8.
    { cell: 6, stride: 8, box: { left: 16, top: 8, right: 24, bottom: 16 } },
    // Cell 16 is the first of the 2×2 grid of stride 16, cell 20 the only one of stride 32.
    { cell: 19, stride: 16, box: { left: 16, top: 16, right: 32, bottom: 32 } },
    { cell: 20, stride: 32, box: { left: 0, top: 0, right: 32, bottom: 32 } },
  ])('finds the box of cell $cell at stride $stride', ({ cell, box }) => {
    const { candidates, discarded } = decode([outputWith(cell, [0.5, 0.5, 0, 0, 1, 0.75, 0, 0])]);

    expect(candidates).toEqual([{ label: 'person', score: 0.75, ...box }]);
    expect(discarded).toBe(0);
  });

  test('multiplies objectness with the best class and names that class', () => {
    const { candidates } = decode([outputWith(0, [0, 0, 0, 0, 0.5, 0.25, 0, 0.75])]);

    expect(candidates).toMatchObject([{ label: 'car', score: 0.375 }]);
  });

  test.each([
    ['nothing but the floor', [0, 0, 0, 0, 0.3, 0.3, 0, 0]],
    ['a class that is never reported', [0, 0, 0, 0, 1, 0.5, 0.9, 0]],
  ])('leaves out %s', (_, numbers) => {
    expect(decode([outputWith(3, numbers)])).toEqual({ candidates: [], discarded: 0 });
  });

  test.each([
    ['a NaN centre', [Number.NaN, 0, 0, 0, 1, 1, 0, 0]],
    ['an endless width', [0, 0, 1000, 0, 1, 1, 0, 0]],
    ['a NaN objectness', [0, 0, 0, 0, Number.NaN, 1, 0, 0]],
  ])('counts %s as discarded', (_, numbers) => {
    expect(decode([outputWith(5, numbers)])).toEqual({ candidates: [], discarded: 1 });
  });

  test('gives finite boxes with scores from the floor to 1 whatever the output is', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const oddities = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 2];
    for (let round = 0; round < 50; round++) {
      const data = Float32Array.from({ length: 21 * values }, () =>
        random.next() < 0.1 ? (oddities[random.whole(0, 5)] ?? 0) : random.between(-1, 1),
      );
      for (const { score, ...box } of decode([data]).candidates) {
        expect(score >= 0.1 && score <= 1, `seed ${seed}`).toBe(true);
        expect(Number.isFinite(box.left + box.top + box.right + box.bottom), `seed ${seed}`).toBe(true);
      }
    }
  });

  test('knows the shape it reads', () => {
    expect(yoloxShapes(tinyYoloxCard)).toEqual([[1, 21, 8]]);
  });
});

describe('createYoloxBestDecode', () => {
  const best = createYoloxBestDecode(tinyYoloxBestCard);
  const bestWith = (cell: number, numbers: readonly number[]): Float32Array => {
    const data = new Float32Array(21 * 7);
    data.set(numbers, cell * 7);
    return data;
  };

  test('multiplies objectness with the score and names the class of that number', () => {
    const { candidates, discarded } = best([bestWith(6, [0.5, 0.5, 0, 0, 0.5, 0.75, 2])]);

    expect(candidates).toEqual([{ label: 'car', score: 0.375, left: 16, top: 8, right: 24, bottom: 16 }]);
    expect(discarded).toBe(0);
  });

  test.each([
    ['nothing but the floor', [0, 0, 0, 0, 0.3, 0.3, 0]],
    ['a class that is never reported', [0, 0, 0, 0, 1, 0.9, 1]],
    ['a number that is no label’s', [0, 0, 0, 0, 1, 0.9, 3]],
    ['a negative number', [0, 0, 0, 0, 1, 0.9, -1]],
    ['a number between two labels', [0, 0, 0, 0, 1, 0.9, 0.5]],
    ['a NaN number', [0, 0, 0, 0, 1, 0.9, Number.NaN]],
  ])('leaves out %s', (_, numbers) => {
    expect(best([bestWith(3, numbers)])).toEqual({ candidates: [], discarded: 0 });
  });

  test.each([
    ['a NaN centre', [Number.NaN, 0, 0, 0, 1, 1, 0]],
    ['a NaN objectness', [0, 0, 0, 0, Number.NaN, 1, 0]],
    ['a NaN score', [0, 0, 0, 0, 1, Number.NaN, 0]],
  ])('counts %s as discarded', (_, numbers) => {
    expect(best([bestWith(5, numbers)])).toEqual({ candidates: [], discarded: 1 });
  });

  test('finds the boxes that are found with a score for every class', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    for (let round = 0; round < 50; round++) {
      const cells = Array.from({ length: 21 }, () =>
        Array.from({ length: values }, () => Math.fround(random.between(0, 1))),
      );
      const alone = cells.map((cell) => {
        const scores = cell.slice(5);
        const score = Math.max(...scores);
        return [...cell.slice(0, 5), score, scores.indexOf(score)];
      });

      const found = best([Float32Array.from(alone.flat())]);

      expect(found, `seed ${seed}`).toEqual(decode([Float32Array.from(cells.flat())]));
    }
  });

  test('knows the shape it reads', () => {
    expect(yoloxBestShapes(tinyYoloxBestCard)).toEqual([[1, 21, 7]]);
  });
});
