import { expect, test } from 'vitest';
import { averagePrecision, operatingPoints } from './detection-curve.ts';

const matches = {
  truths: 4,
  detections: [
    { score: 0.9, isHit: true },
    { score: 0.7, isHit: false },
    { score: 0.5, isHit: true },
  ],
};

test('reads the best precision that is to be had at each recall or beyond', () => {
  // Precision 1 up to a quarter of the recall (26 points), two thirds up to a half (25 more), nothing beyond.
  expect(averagePrecision(matches)).toBeCloseTo((26 + 25 * (2 / 3)) / 101, 10);
});

test('is 0 where nothing was there to be found', () => {
  expect(averagePrecision({ truths: 0, detections: matches.detections })).toBe(0);
});

test('tells what a threshold would mean', () => {
  expect(operatingPoints(matches, [0.5, 0.8, 0.95])).toEqual([
    { score: 0.5, precision: 2 / 3, recall: 0.5, f1: 4 / 7 },
    { score: 0.8, precision: 1, recall: 0.25, f1: 0.4 },
    { score: 0.95, precision: null, recall: 0, f1: 0 },
  ]);
});
