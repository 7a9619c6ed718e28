import { expect, test } from 'vitest';
import { nthSmallest } from './nth-smallest.ts';

let state = 7;

const random = (): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (state >> 8) / 0x7fffff;
};

test('finds what sorting would put there, with few values and many that are the same', () => {
  for (let round = 0; round < 300; round++) {
    const kinds = round % 3 === 0 ? 4 : 1000;
    const values = Float64Array.from({ length: 1 + (round % 60) }, () => Math.floor(random() * kinds));
    const sorted = values.slice().sort();
    const index = Math.floor(random() * values.length);

    expect(nthSmallest(values, index), `round ${round}, seed 7`).toBe(sorted[index]);
  }
});

test.each([
  ['in order', [1, 2, 3, 4, 5]],
  ['in the opposite order', [5, 4, 3, 2, 1]],
])('finds the middle one of values that are %s', (_, values) => {
  expect(nthSmallest(Float64Array.from(values), 2)).toBe(3);
});

test('has nothing to give of no values', () => {
  expect(nthSmallest(new Float64Array(0), 0)).toBeUndefined();
});
