import { expect, test } from 'vitest';
import { toSpan } from './span.ts';

const units = { second: ' s', minute: ' min', hour: ' h', day: ' d' };

test.each([
  [-5, '0 s'],
  [0, '0 s'],
  [49, '0 s'],
  [400, '0.4 s'],
  [2000, '2 s'],
  [9949, '9.9 s'],
  [9960, '10 s'],
  [14_400, '14 s'],
  [60_000, '60 s'],
  [119_400, '119 s'],
  [120_000, '2 min'],
  [200_000, '3 min 20 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_400_000, '1 d'],
  [90_000_000, '1 d 1 h'],
])('writes %i ms as %s', (ms, text) => {
  expect(toSpan(ms, units)).toBe(text);
});
