import { describe, expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { parseMotTruth, truthOf } from './mot-truth.ts';

const size = { width: 200, height: 100 };

describe('parseMotTruth', () => {
  test('makes shares of the picture out of pixels, and counts frames from 0', () => {
    const truth = parseMotTruth('1,9,50,20,10,40,1,-4.1,-7.3,0\n3,9,60,20,10,40,1\n', size);

    expect(truthOf(truth, 0)).toEqual({
      counted: [{ id: '9', box: { x: 0.25, y: 0.2, w: 0.05, h: 0.4 } }],
      ignored: [],
    });
    expect(truthOf(truth, 1)).toEqual({ counted: [], ignored: [] });
    expect(truthOf(truth, 2).counted).toHaveLength(1);
  });

  test('sets rows flagged 0 apart', () => {
    const { counted, ignored } = truthOf(parseMotTruth('1,1,0,0,10,10,1\r\n1,2,50,0,10,10,0', size), 0);

    expect([counted.map(({ id }) => id), ignored.map(({ id }) => id)]).toEqual([['1'], ['2']]);
  });

  test.each([
    ['a word for a number', '1,1,0,0,ten,10,1'],
    ['too few fields', '1,1,0,0,10'],
    ['frame 0', '0,1,0,0,10,10,1'],
    ['a box without area', '1,1,0,0,0,10,1'],
    ['half a frame', '1.5,1,0,0,10,10,1'],
  ])('names the line that has %s', (_, line) => {
    expect(() => parseMotTruth(`1,1,0,0,10,10,1\n${line}`, size)).toThrow(
      expect.objectContaining({ code: 'mot-truth-invalid', message: expect.stringMatching('line 2') }),
    );
  });

  test('gives boxes or says why not, whatever is in the file', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const signs = [...'0123456789,,,,,..-\n e'];
    for (let round = 0; round < 500; round++) {
      const text = Array.from(
        { length: random.whole(0, 60) },
        () => signs[random.whole(0, signs.length - 1)],
      );
      try {
        for (const { counted } of parseMotTruth(text.join(''), size).values())
          for (const { box } of counted) expect(box.w > 0 && box.h > 0, `seed ${seed}`).toBe(true);
      } catch (error) {
        expect(error, `seed ${seed}`).toMatchObject({ code: 'mot-truth-invalid' });
      }
    }
  });
});
