import type { onnx as Onnx } from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { Label } from '../../core/schema/label.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { createHeadGraph, type HeadModel } from '../../test/fixtures/inference/head-model.ts';
import { toModelBytes } from '../../test/fixtures/inference/onnx-parts.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { answerWithBest } from './answer-with-best.ts';

const boxValues = 5;
/** Of the operators that YOLOX's files are written with. */
const opset = 11;

/** What a graph makes of features of noise: a row for each cell. */
const answerOf = async (graph: Onnx.IGraphProto, { seed, channels, grids }: HeadModel) => {
  const random = createSeededRandom(seed + 1);
  const session = await InferenceSession.create(toModelBytes(graph), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = Object.fromEntries(
    grids.map((side, at) => {
      const noise = Float32Array.from({ length: channels * side * side }, () => random.between(-2, 2));
      return [`features${at}`, new Tensor('float32', noise, [1, channels, side, side])];
    }),
  );
  const { output } = await session.run(feeds);
  await session.release();
  const [, cells = 0, values = 0] = output?.dims ?? [];
  const numbers = [...((output?.data ?? []) as Float32Array)];
  return Array.from({ length: cells }, (_, cell) => numbers.slice(cell * values, (cell + 1) * values));
};

const cardOf = (labels: (Label | null)[]): ModelCard => ({
  ...tinyYoloxCard,
  labels,
  output: { ...tinyYoloxCard.output, tensors: [{ name: 'output', shape: [1] }] },
});

test('keeps boxes and objectness, and of the classes the best one’s score and number', async () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  for (let run = 0; run < 20; run++) {
    const classes = random.whole(3, 12);
    const model: HeadModel = {
      ...{ seed: seed + run, classes, channels: random.whole(1, 9) },
      grids: Array.from({ length: random.whole(1, 3) }, () => random.whole(1, 6)),
    };
    const graph = createHeadGraph(model);

    const { output } = answerWithBest(graph, opset, cardOf(new Array(classes).fill('person')));

    expect(output.decoder).toBe('yolox-best');
    const before = await answerOf(createHeadGraph(model), model);
    const after = await answerOf(graph, model);
    const scoresOf = (row: number[] = []): number[] => row.slice(boxValues);
    expect(
      after.map((row) => row.slice(0, -1)),
      `seed ${seed}`,
    ).toEqual(before.map((row) => [...row.slice(0, boxValues), Math.max(...scoresOf(row))]));
    // Of equal scores either class is the best: they are told apart before the sigmoid.
    const ofNumbered = after.map((row, cell) => scoresOf(before[cell])[row.at(-1) ?? -1]);
    expect(ofNumbered, `seed ${seed}`).toEqual(before.map((row) => Math.max(...scoresOf(row))));
  }
});

const four: HeadModel = { seed: 7, classes: 4, channels: 3, grids: [4, 2] };
const labels: (Label | null)[] = ['person', null, null, 'car'];

test.each<[string, HeadModel, number, (Label | null)[]]>([
  ['has another number of classes', four, opset, [...labels, null]],
  ['has box and objectness in one', { ...four, before: 'all in one' }, opset, labels],
  ['is written with operators that are told their axes otherwise', four, 18, labels],
])('leaves a graph alone that %s', (_, of, version, named) => {
  const graph = createHeadGraph(of);

  expect(answerWithBest(graph, version, cardOf(named))).toEqual(cardOf(named));
  expect(toModelBytes(graph)).toEqual(toModelBytes(createHeadGraph(of)));
});
