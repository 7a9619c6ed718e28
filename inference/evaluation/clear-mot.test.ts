import { describe, expect, test } from 'vitest';
import { at } from '../../test/fixtures/inference/scored-frames.ts';
import { scoreClearMot } from './clear-mot.ts';

describe('scoreClearMot', () => {
  test('counts misses, false boxes and switches', () => {
    const score = scoreClearMot([
      { truth: [at('a', 0), at('b', 1)], said: [at('1', 0), at('2', 1)] },
      { truth: [at('a', 0), at('b', 1)], said: [at('1', 0), at('9', 5)] }, // b missed, 9 false
      { truth: [at('a', 0), at('b', 1)], said: [at('2', 0), at('1', 1)] }, // both switched, b found again
    ]);

    // 1 − (1 miss + 1 false box + 2 switches) ÷ 6 true boxes = 1 − 4/6
    expect(score.mota).toBeCloseTo(1 / 3, 12);
    expect(score).toMatchObject({
      ...{ truthBoxes: 6, falsePositives: 1, falseNegatives: 1, idSwitches: 2, fragmentations: 1 },
    });
  });

  test('finds nothing by a box that overlaps by less than half', () => {
    // Shifted by half a width: 0.5 ÷ 1.5 = 1/3. By a quarter: 0.75 ÷ 1.25 = 3/5.
    const frames = [{ truth: [at('a', 0), at('b', 1)], said: [at('1', 0, 0.5), at('2', 1, 0.25)] }];

    // One of two boxes is a miss, and its box false: 1 − 2/2.
    expect(scoreClearMot(frames)).toMatchObject({ mota: 0, falsePositives: 1, falseNegatives: 1 });
  });

  test('keeps the pair of the frame before although another box fits better now', () => {
    const score = scoreClearMot([
      { truth: [at('a', 0)], said: [at('1', 0)] },
      { truth: [at('a', 0)], said: [at('1', 0, 0.25), at('2', 0)] },
    ]);

    // 2 is false, and there is no switch: 1 − 1/2.
    expect(score).toMatchObject({ mota: 0.5, falsePositives: 1, idSwitches: 0 });
  });

  test('counts a switch over a gap, and a gap in the truth as no fragmentation', () => {
    const seen = { truth: [at('a', 0)], said: [at('1', 0)] };
    const gone = { truth: [], said: [] };
    const other = { truth: [at('a', 0)], said: [at('2', 0)] };

    expect(scoreClearMot([seen, gone, other])).toMatchObject({ idSwitches: 1, fragmentations: 0 });
  });

  test('falls below 0 when there are more errors than boxes', () => {
    // 1 − (1 miss + 3 false boxes) ÷ 1
    expect(scoreClearMot([{ truth: [at('a', 0)], said: [at('1', 1), at('2', 2), at('3', 3)] }]).mota).toBe(
      -3,
    );
  });
});
