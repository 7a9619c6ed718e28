import type { onnx as Onnx } from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { createFocusGraph, type FocusModel } from '../../test/fixtures/inference/focus-model.ts';
import { toModelBytes } from '../../test/fixtures/inference/onnx-parts.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { mergeFocus } from './merge-focus.ts';

/** What a graph makes of a picture of noise. */
const answerOf = async (graph: Onnx.IGraphProto, { seed, width, height }: FocusModel) => {
  const random = createSeededRandom(seed + 1);
  const session = await InferenceSession.create(toModelBytes(graph), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const pixels = Float32Array.from({ length: 3 * width * height }, () => random.whole(0, 255));
  const { output } = await session.run({ images: new Tensor('float32', pixels, [1, 3, height, width]) });
  await session.release();
  return { shape: output?.dims, values: output?.data as Float32Array };
};

const opTypesOf = (graph: Onnx.IGraphProto): string[] => (graph.node ?? []).map(({ opType }) => opType ?? '');

/** The largest difference between two answers. */
const differenceOf = (one: Float32Array, other: Float32Array): number =>
  one.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (other[at] ?? Number.NaN))), 0);

test('gives what the quarters gave, over pictures of any even size and quarters in any order', async () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  for (let run = 0; run < 20; run++) {
    const corners = (
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const
    ).toSorted(() => random.next() - 0.5);
    const model: FocusModel = {
      ...{ seed: seed + run, corners },
      ...{ width: 2 * random.whole(2, 20), height: 2 * random.whole(2, 20), outputs: random.whole(1, 17) },
    };
    const before = await answerOf(createFocusGraph(model), model);
    const merged = createFocusGraph(model);
    mergeFocus(merged, 'images');

    const after = await answerOf(merged, model);

    expect(opTypesOf(merged), `seed ${seed}`).toEqual(['Conv']);
    expect(after.shape).toEqual(before.shape);
    // 108 products of at most 255 are summed in another order.
    expect(differenceOf(before.values, after.values), `seed ${seed}`).toBeLessThan(0.01);
  }
});

test.each<[string, Partial<FocusModel>]>([
  [
    'takes one quarter twice',
    {
      corners: [
        [0, 0],
        [1, 0],
        [0, 0],
        [1, 1],
      ],
    },
  ],
  [
    'leaves a quarter out',
    {
      corners: [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
    },
  ],
  ['goes in larger steps', { odd: { strides: [2, 2] } }],
  ['pads nothing', { odd: { pads: [0, 0, 0, 0] } }],
  ['is dilated', { odd: { dilations: [2, 2] } }],
])('leaves a graph alone that %s', (_, odd) => {
  const model: FocusModel = { seed: 7, width: 16, height: 12, ...odd };
  const graph = createFocusGraph(model);

  mergeFocus(graph, 'images');

  expect(toModelBytes(graph)).toEqual(toModelBytes(createFocusGraph(model)));
});

test('leaves a graph alone whose quarters leave the picture’s edge out', () => {
  const graph = createFocusGraph({ seed: 7, width: 16, height: 12 });
  const end = graph.initializer?.find(({ name }) => name === 'end');
  Buffer.from(end?.rawData?.buffer ?? new ArrayBuffer(8), end?.rawData?.byteOffset ?? 0).writeBigInt64LE(10n);

  mergeFocus(graph, 'images');

  expect(opTypesOf(graph).filter((opType) => opType === 'Slice')).toHaveLength(8);
});

test('leaves a graph alone whose quarters are of something else than the picture', () => {
  const graph = createFocusGraph({ seed: 7, width: 16, height: 12 });

  mergeFocus(graph, 'another');

  expect(opTypesOf(graph).filter((opType) => opType === 'Slice')).toHaveLength(8);
});
