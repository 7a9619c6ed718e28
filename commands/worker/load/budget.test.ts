import { describe, expect, test } from 'vitest';
import { coresOf } from './budget.ts';

describe('coresOf', () => {
  test.each([
    ['a machine to itself', {}, 2, { cameraThreads: 2, detectorThreads: 2, budget: 2 }],
    ['a single core', {}, 1, { cameraThreads: 1, detectorThreads: 1, budget: 1 }],
    ['half of eight cores', { workers: 2 }, 8, { cameraThreads: 4, detectorThreads: 4, budget: 4 }],
    ['more workers than cores', { workers: 4 }, 2, { cameraThreads: 1, detectorThreads: 1, budget: 0.5 }],
    [
      'few threads on many cores',
      { decodeThreads: 1, detectorThreads: 2 },
      16,
      { cameraThreads: 1, detectorThreads: 2, budget: 3 },
    ],
    ['a budget that is given', { budget: 0.5 }, 8, { cameraThreads: 8, detectorThreads: 8, budget: 0.5 }],
  ])(
    'gives a camera thread and a detector thread to each core and no more cores than threads: %s',
    (_, site, parallelism, cores) => {
      expect(coresOf(site, parallelism)).toEqual(cores);
    },
  );
});
