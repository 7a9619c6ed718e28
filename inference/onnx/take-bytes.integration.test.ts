import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { createFocusGraph } from '../../test/fixtures/inference/focus-model.ts';
import { toModelBytes } from '../../test/fixtures/inference/onnx-parts.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { takeBytes } from './take-bytes.ts';

const [width, height, channels] = [10, 6, 3];
const size = { width, height };
const input = { ...tinyYoloxCard.input, ...size, name: 'images' };

const run = async (graph: Parameters<typeof toModelBytes>[0], images: Tensor) => {
  const session = await InferenceSession.create(toModelBytes(graph), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const { output } = await session.run({ images });
  await session.release();
  return output?.data;
};

test('gives of a picture’s bytes what it gave of its planes', async () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const pixels = Uint8Array.from({ length: channels * width * height }, () => random.whole(0, 255));
  const planes = Float32Array.from(pixels, (_, at) => {
    const plane = width * height;
    return pixels[(at % plane) * channels + Math.floor(at / plane)] ?? Number.NaN;
  });
  const graph = createFocusGraph({ seed, ...size });

  const isTaken = takeBytes(graph, input);

  expect(isTaken).toBe(true);
  expect(await run(graph, new Tensor('uint8', pixels, [1, height, width, channels])), `seed ${seed}`).toEqual(
    await run(
      createFocusGraph({ seed, ...size }),
      new Tensor('float32', planes, [1, channels, height, width]),
    ),
  );
});

test.each([
  ['scales its bytes', { ...input, scale: 1 / 255 }],
  ['reads rows of pixels', { ...input, layout: 'nhwc' as const }],
  ['has an input of another name', { ...input, name: 'picture' }],
])('leaves a graph alone that %s', (_, other) => {
  const graph = createFocusGraph({ seed: 7, ...size });

  expect(takeBytes(graph, other)).toBe(false);
  expect(toModelBytes(graph)).toEqual(toModelBytes(createFocusGraph({ seed: 7, ...size })));
});
