import { expect, test } from 'vitest';
import { linesWithin, sayDegrees, stepFor } from './graticule.ts';

test('a view has a handful of lines, whatever its size', () => {
  for (const span of [30, 3, 0.7, 0.11, 0.021, 0.006]) {
    const count = linesWithin(111.234, 111.234 + span, stepFor(span)).length;
    expect(count, String(span)).toBeGreaterThanOrEqual(4);
    expect(count, String(span)).toBeLessThanOrEqual(11);
  }
});

test('lines lie on round degrees and are named so', () => {
  expect(linesWithin(111.57, 111.63, 0.02)).toEqual([111.58, 111.6, 111.62]);
  expect(sayDegrees(111.6, 0.02, ['E', 'W'])).toBe('111.60°E');
  expect(sayDegrees(-26, 1, ['N', 'S'])).toBe('26°S');
  expect(sayDegrees(111.605, 0.005, ['E', 'W'])).toBe('111.605°E');
});
