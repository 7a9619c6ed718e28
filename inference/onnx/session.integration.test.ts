import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyCenternetCard, tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { type ConstantModel, writeConstantModel } from '../../test/fixtures/inference/constant-model.ts';
import { openSession } from './session.ts';

describe('openSession', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'session-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test('runs a model and leaves its answer in the outputs it gave out', async () => {
    const values = [0.5, 0.25, 8];
    const modelPath = await writeConstantModel(folder, {
      outputs: [{ name: 'output', shape: [1, 21, 8], values }],
    });
    const session = await openSession(tinyYoloxCard, modelPath);
    await session.run();

    expect(session.outputs).toHaveLength(1);
    expect([...(session.outputs[0] ?? [])].slice(0, 4)).toEqual([0.5, 0.25, 8, 0.5]);
    await session.close();
  });

  test('computes on the thread that calls it: a session starts none of its own', async () => {
    const modelPath = await writeConstantModel(folder, {
      outputs: [{ name: 'output', shape: [1, 21, 8], values: [1] }],
    });
    // The first may start threads of the runtime and of Node that all share.
    const first = await openSession(tinyYoloxCard, modelPath);
    await first.run();
    const before = await readdir('/proc/self/task');
    const second = await openSession(tinyYoloxCard, modelPath);
    await second.run();

    expect(await readdir('/proc/self/task')).toEqual(before);
    await first.close();
    await second.close();
  });

  test('gives outputs in the card’s order, not the file’s', async () => {
    const modelPath = await writeConstantModel(folder, {
      outputs: [
        { name: 'wh', shape: [1, 4, 8, 8], values: [4] },
        { name: 'heatmap', shape: [1, 2, 8, 8], values: [2] },
      ],
    });
    const session = await openSession(tinyCenternetCard, modelPath);
    await session.run();

    expect(session.outputs.map((output) => [output.length, output[0]])).toEqual([
      [128, 2],
      [256, 4],
    ]);
    await session.close();
  });

  test('takes a file that leaves axes of its input open', async () => {
    const input = { name: 'images', shape: [1, 3, 32, 32], openAxes: true };
    const session = await openSession(tinyYoloxCard, await writeConstantModel(folder, { input }));

    expect(session.input.shape).toEqual([1, 3, 32, 32]);
    await session.close();
  });

  test.each<[string, ConstantModel, RegExp]>([
    [
      'another output shape',
      { outputs: [{ name: 'output', shape: [1, 21, 9] }] },
      /expected output float32\[1,21,8\], got output float32\[1,21,9\]/,
    ],
    [
      'another output name',
      { outputs: [{ name: 'boxes', shape: [1, 21, 8] }] },
      /expected output, got boxes/,
    ],
    [
      'one output more',
      {
        outputs: [
          { name: 'output', shape: [1, 21, 8] },
          { name: 'embedding', shape: [1, 128] },
        ],
      },
      /expected output, got output, embedding/,
    ],
    [
      'another input size',
      { input: { name: 'images', shape: [1, 3, 64, 64] } },
      /expected images float32\[1,3,32,32\], got images float32\[1,3,64,64\]/,
    ],
    ['another input name', { input: { name: 'x', shape: [1, 3, 32, 32] } }, /expected images .*, got x /],
  ])('refuses a file with %s, naming both', async (_, model, message) => {
    const modelPath = await writeConstantModel(folder, model);

    await expect(openSession(tinyYoloxCard, modelPath)).rejects.toMatchObject({
      code: 'model-shape-mismatch',
      message: expect.stringMatching(message),
    });
  });

  test('names a file that is not there, or no model', async () => {
    const garbage = path.join(folder, 'garbage.onnx');
    await writeFile(garbage, 'not a model');
    for (const modelPath of [garbage, path.join(folder, 'absent.onnx')]) {
      await expect(openSession(tinyYoloxCard, modelPath)).rejects.toMatchObject({
        code: 'model-unreadable',
        message: expect.stringContaining(modelPath),
      });
    }
  });
});
