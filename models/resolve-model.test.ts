import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../core/log.ts';
import { SimulatedClock } from '../core/runtime/simulated-clock.ts';
import { tinyCard, tinyOnnx } from '../test/fixtures/tiny-model.ts';
import { type ResolveModelOptions, resolveModel } from './resolve-model.ts';

let folder: string;
let warnings: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-models-'));
  warnings = [];
});
afterEach(() => rm(folder, { recursive: true }));

const optionsWith = (id: string, sources: string[]): ResolveModelOptions => ({
  id,
  cacheFolder: path.join(folder, 'cache'),
  sources,
  clock: new SimulatedClock(),
  log: createLogger({ level: 'warn', destination: { write: (line) => warnings.push(line) } }),
});

const addOwnModel = async (card: unknown = tinyCard()): Promise<void> => {
  await writeFile(path.join(folder, 'tiny.card.json'), JSON.stringify(card));
  await writeFile(path.join(folder, 'tiny.onnx'), tinyOnnx());
};

describe('resolveModel', () => {
  it("finds an operator's own model by the card beside its file", async () => {
    await addOwnModel();

    const resolved = await resolveModel(optionsWith('tiny', [folder]));

    expect(resolved).toMatchObject({ origin: 'source', card: { id: 'tiny', labels: ['person', null] } });
    expect(resolved).not.toHaveProperty('fallbackReason');
  });

  it("refuses an operator's card that the law excludes, naming the card and the class", async () => {
    await addOwnModel({ ...tinyCard(), labels: { names: ['person', 'face'] } });

    await expect(resolveModel(optionsWith('yolox-nano-320', [folder]))).rejects.toThrow(
      /tiny\.card\.json: the class 'face' speaks of a face/,
    );
  });

  it('refuses a card that is not JSON, naming it', async () => {
    await writeFile(path.join(folder, 'tiny.card.json'), '{');

    await expect(resolveModel(optionsWith('tiny', [folder]))).rejects.toThrow(
      /tiny\.card\.json is not readable/,
    );
  });

  it('names the models there are when asked for another', async () => {
    await expect(resolveModel(optionsWith('yolov9', []))).rejects.toThrow(
      /there is no model 'yolov9'; the models are yolox-nano-416, .* or 'default'/,
    );
  });

  it('does not put another model in the place of one that was asked for', async () => {
    const missing = path.join(folder, 'nowhere');

    const attempt = resolveModel(optionsWith('yolox-nano-320', [missing]));

    await expect(attempt).rejects.toThrow(
      /put yolox_nano_320x320.onnx into a folder .*XUELIANG_MODEL_SOURCES/,
    );
    expect(warnings.join('\n')).toContain('a model source cannot be read');
  });

  it('rejects with the reason of an abort', async () => {
    const signal = AbortSignal.abort(new DOMException('enough', 'AbortError'));

    await expect(resolveModel({ ...optionsWith('tiny', []), signal })).rejects.toThrow('enough');
  });
});
