import { describe, expect, test } from 'vitest';
import { anyFrames, at, renamed } from '../../test/fixtures/inference/scored-frames.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { scoreTracking } from './score-tracking.ts';

/** Runs `check` on two hundred sequences; the second argument goes into every expectation. */
const forAnyFrames = (check: (frames: ReturnType<typeof anyFrames>, seed: string) => void): void => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  for (let round = 0; round < 200; round++) {
    const frames = anyFrames(random);
    if (frames.some(({ truth }) => truth.length > 0)) check(frames, `seed ${seed}`);
  }
};

const perfect = {
  ...{ mota: 1, falsePositives: 0, falseNegatives: 0, idSwitches: 0, fragmentations: 0 },
  ...{ idf1: 1, idp: 1, idr: 1 },
};

describe('scoreTracking', () => {
  test('gives 1 for the truth itself, under whatever ids', () => {
    forAnyFrames((frames, seed) => {
      const score = scoreTracking(frames.map(({ truth }) => ({ truth, said: truth })));
      expect(score, seed).toMatchObject(perfect);
      for (const part of [score.hota, score.detA, score.assA]) expect(part, seed).toBeCloseTo(1, 9);
    });
  });

  test('does not care for the names of ids', () => {
    forAnyFrames((frames, seed) => {
      const score = scoreTracking(renamed(frames, (id) => `other ${[...id].reverse().join('')}`));
      const before = scoreTracking(frames);
      for (const [part, value] of Object.entries(score))
        expect(value, `${seed} ${part}`).toBeCloseTo(before[part as keyof typeof before], 9);
    });
  });

  test('does not care in which order a frame’s boxes are told', () => {
    forAnyFrames((frames, seed) => {
      const turned = frames.map(({ truth, said }) => ({
        truth: truth.toReversed(),
        said: said.toReversed(),
      }));
      const before = scoreTracking(frames);
      expect(scoreTracking(turned).mota, seed).toBeCloseTo(before.mota, 9);
      expect(scoreTracking(turned).hota, seed).toBeCloseTo(before.hota, 9);
    });
  });

  test('counts one switch an object whenever two ids are swapped for good', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    for (let round = 0; round < 100; round++) {
      const [length, swaps] = [random.whole(10, 30), random.whole(1, 4)];
      const instants = new Set(Array.from({ length: swaps }, () => random.whole(1, length - 1)));
      let isSwapped = false;
      const frames = Array.from({ length }, (_, frame) => {
        if (instants.has(frame)) isSwapped = !isSwapped;
        const [first, second] = isSwapped ? ['2', '1'] : ['1', '2'];
        return { truth: [at('a', 0), at('b', 1)], said: [at(first, 0), at(second, 1)] };
      });
      expect(scoreTracking(frames).idSwitches, `seed ${seed}`).toBe(2 * instants.size);
    }
  });

  test('stays between 0 and 1, all but MOTA', () => {
    forAnyFrames((frames, seed) => {
      const { hota, detA, assA, idf1, mota } = scoreTracking(frames);
      for (const part of [hota, detA, assA, idf1]) {
        expect(part, seed).toBeGreaterThanOrEqual(0);
        expect(part, seed).toBeLessThanOrEqual(1);
      }
      expect(mota, seed).toBeLessThanOrEqual(1);
    });
  });
});
