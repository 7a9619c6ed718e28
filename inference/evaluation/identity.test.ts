import { describe, expect, test } from 'vitest';
import { at } from '../../test/fixtures/inference/scored-frames.ts';
import { scoreIdentity } from './identity.ts';

describe('scoreIdentity', () => {
  test('gives an object the id that it bears longest', () => {
    const frames = ['1', '1', '1', '2', '2'].map((id) => ({ truth: [at('a', 0)], said: [at(id, 0)] }));

    // a keeps 1 in 3 of 5 frames: 3 kept, 2 true boxes lost, 2 said boxes false. IDF1 = 2·3 ÷ (5 + 5).
    expect(scoreIdentity(frames)).toEqual({ idf1: 0.6, idp: 0.6, idr: 0.6 });
  });

  test('gives no id to two objects, whatever each would gain', () => {
    const frames = [
      ...Array.from({ length: 3 }, () => ({ truth: [at('a', 0), at('b', 1)], said: [at('1', 0)] })),
      ...Array.from({ length: 2 }, () => ({ truth: [at('a', 0), at('b', 1)], said: [at('1', 1)] })),
    ];

    // 1 goes to a, with 3 frames. Precision 3/5, recall 3/10, IDF1 = 2·3 ÷ (10 + 5).
    expect(scoreIdentity(frames)).toEqual({ idf1: 0.4, idp: 0.6, idr: 0.3 });
  });

  test('takes what is best in sum, not object by object', () => {
    // 1 is with a in 4 frames and with b in 3; 2 is with a in 3. a–2 and b–1 keep 6, a–1 alone would keep 4.
    const frames = [
      ...Array.from({ length: 4 }, () => ({ truth: [at('a', 0)], said: [at('1', 0)] })),
      ...Array.from({ length: 3 }, () => ({ truth: [at('b', 1)], said: [at('1', 1)] })),
      ...Array.from({ length: 3 }, () => ({ truth: [at('a', 0)], said: [at('2', 0)] })),
    ];

    // 10 true boxes, 10 said ones: 2·6 ÷ 20.
    expect(scoreIdentity(frames).idf1).toBeCloseTo(0.6, 12);
  });

  test('counts neither what overlaps too little', () => {
    expect(scoreIdentity([{ truth: [at('a', 0)], said: [at('1', 0, 0.5)] }])).toEqual({
      ...{ idf1: 0, idp: 0, idr: 0 },
    });
  });
});
