import { describe, expect, test } from 'vitest';
import { at } from '../../test/fixtures/inference/scored-frames.ts';
import { scoreHota } from './hota.ts';

describe('scoreHota', () => {
  test('splits a perfect detection of a track that breaks in the middle', () => {
    const frames = ['1', '1', '2', '2'].map((id) => ({ truth: [at('a', 0)], said: [at(id, 0)] }));

    // All 4 boxes are matches: DetA = 4 ÷ (4 + 4 − 4) = 1. For each match its pair is together in 2 frames, of 4 true
    // and 2 said boxes: 2 ÷ (4 + 2 − 2) = 1/2. HOTA = √(1 · 1/2).
    const { hota, detA, assA } = scoreHota(frames);
    expect(detA).toBeCloseTo(1, 12);
    expect(assA).toBeCloseTo(1 / 2, 12);
    expect(hota).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('counts a box only up to the threshold that it overlaps by', () => {
    const frames = [1, 2].map(() => ({ truth: [at('a', 0)], said: [at('1', 0, 0.25)] }));

    // Overlap 3/5: it matches at 0.05 … 0.60, which is 12 of 19 thresholds; there all is right, above all is wrong.
    const { hota, detA, assA } = scoreHota(frames);
    for (const value of [hota, detA, assA]) expect(value).toBeCloseTo(12 / 19, 12);
  });

  test('weighs a false box and a miss against the matches', () => {
    const frames = [
      { truth: [at('a', 0), at('b', 1)], said: [at('1', 0)] }, // b missed
      { truth: [at('a', 0)], said: [at('1', 0), at('2', 5)] }, // 2 false
    ];

    // 2 matches of 3 true and 3 said boxes: DetA = 2 ÷ (3 + 3 − 2) = 1/2. a and 1 are always together: AssA = 1.
    const { hota, detA, assA } = scoreHota(frames);
    expect([detA, assA]).toEqual([0.5, 1]);
    expect(hota).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('pairs with the object that belongs to it over the whole sequence, where two lie alike', () => {
    const apart = { truth: [at('a', 0), at('b', 1)], said: [at('1', 0), at('2', 1)] };
    const crossing = { truth: [at('a', 0), at('b', 0, 0.1)], said: [at('2', 0, 0.05), at('1', 0, 0.05)] };

    // In the third frame each box overlaps both objects alike; the two frames before say which is whose.
    expect(scoreHota([apart, apart, crossing]).assA).toBeGreaterThan(0.9);
  });
});
