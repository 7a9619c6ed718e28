import { expect, test } from 'vitest';
import { tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { createInputTensor } from './input-tensor.ts';

const input = { ...tinyYoloxCard.input, width: 3, height: 2, pad: 114 };
/** Two pixels: (1, 2, 3) and (4, 5, 6). */
const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 99, 99, 99);

test('puts channels into planes, the picture at the top left and the pad around it', () => {
  const tensor = createInputTensor(input, 'float32');
  tensor.fill(pixels, 2, 1);

  expect(tensor.shape).toEqual([1, 3, 2, 3]);
  expect([...tensor.data]).toEqual(
    [
      [1, 4, 114, 114, 114, 114],
      [2, 5, 114, 114, 114, 114],
      [3, 6, 114, 114, 114, 114],
    ].flat(),
  );
});

test('keeps pixels together where the model wants rows', () => {
  const tensor = createInputTensor({ ...input, layout: 'nhwc' }, 'float32');
  tensor.fill(pixels, 2, 1);

  expect(tensor.shape).toEqual([1, 2, 3, 3]);
  expect([...tensor.data].slice(0, 9)).toEqual([1, 2, 3, 4, 5, 6, 114, 114, 114]);
});

test('scales bytes and pad alike', () => {
  const tensor = createInputTensor({ ...input, scale: 0.5 }, 'float32');
  tensor.fill(pixels, 1, 1);

  expect([...tensor.data].slice(0, 3)).toEqual([0.5, 57, 57]);
});

test('leaves nothing of a larger picture around a smaller one', () => {
  const tensor = createInputTensor(input, 'float32');
  tensor.fill(new Uint8Array(18).fill(200), 3, 2);
  tensor.fill(pixels, 1, 2);

  expect([...tensor.data].filter((value) => value === 200)).toEqual([]);
});

test('fills the same tensor wherever in memory the pixels lie, and whatever their number in a row', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  for (let run = 0; run < 200; run++) {
    const [width, height] = [random.whole(1, 24), random.whole(1, 9)];
    const card = {
      ...input,
      width: random.whole(width, 32),
      height: random.whole(height, 12),
      scale: 1 / 255,
    };
    const offset = random.whole(0, 7);
    const memory = new Uint8Array(new SharedArrayBuffer(offset + width * height * 3)).map(() =>
      random.whole(0, 255),
    );
    const tensor = createInputTensor(card, 'float32');

    tensor.fill(memory.subarray(offset), width, height);

    const valueAt = (index: number): number => {
      const plane = card.width * card.height;
      const [channel, row, column] = [
        Math.floor(index / plane),
        Math.floor((index % plane) / card.width),
        index % card.width,
      ];
      const isPad = row >= height || column >= width;
      return isPad ? 114 : (memory[offset + (row * width + column) * 3 + channel] ?? Number.NaN);
    };
    const expected = Float32Array.from(
      { length: tensor.data.length },
      (_, index) => valueAt(index) * card.scale,
    );
    expect(tensor.data, `seed ${seed}`).toEqual(expected);
  }
});

test('keeps a picture’s bytes in rows, whatever layout its numbers would have', () => {
  const tensor = createInputTensor({ ...input, scale: 0.5 }, 'uint8');
  tensor.fill(pixels, 2, 1);

  expect(tensor.type).toBe('uint8');
  expect(tensor.shape).toEqual([1, 2, 3, 3]);
  expect([...tensor.data]).toEqual([1, 2, 3, 4, 5, 6, 114, 114, 114, ...Array(9).fill(114)]);
});

test('takes rows of bytes as long as the tensor’s, and no more of them than the picture has', () => {
  const tensor = createInputTensor(input, 'uint8');
  tensor.fill(
    Uint8Array.from({ length: 30 }, (_, at) => at),
    3,
    1,
  );

  expect([...tensor.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, ...Array(9).fill(114)]);
});

test('leaves nothing of a larger picture’s bytes around a smaller one', () => {
  const tensor = createInputTensor(input, 'uint8');
  tensor.fill(new Uint8Array(18).fill(200), 3, 2);
  tensor.fill(pixels, 1, 2);

  expect([...tensor.data].filter((value) => value === 200)).toEqual([]);
});
