import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../core/log.ts';
import { SimulatedClock } from '../core/runtime/simulated-clock.ts';
import { tinyCard, tinyOnnx } from '../test/fixtures/tiny-model.ts';
import { listModels, verifyModels } from './list-models.ts';
import { type ResolveModelOptions, resolveModel } from './resolve-model.ts';

let folder: string;
let options: ResolveModelOptions;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-models-'));
  await writeFile(path.join(folder, 'tiny.card.json'), JSON.stringify(tinyCard()));
  await writeFile(path.join(folder, 'tiny.onnx'), tinyOnnx());
  const cacheFolder = path.join(folder, 'cache');
  const log = createLogger({ level: 'silent' });
  options = { id: 'tiny', cacheFolder, sources: [folder], clock: new SimulatedClock(), log };
});
afterEach(() => rm(folder, { recursive: true }));

describe('list-models', () => {
  it('tells sound, unsound and absent files apart', async () => {
    const { path: cached } = await resolveModel(options);
    const stateOf = async (id: string) => (await verifyModels(options)).find((verdict) => verdict.id === id);

    expect(await stateOf('tiny')).toMatchObject({ state: 'sound', problem: null });
    expect(await stateOf('yolox-nano-416')).toMatchObject({ state: 'absent' });
    await writeFile(cached, 'altered');
    expect(await stateOf('tiny')).toMatchObject({ state: 'unsound', code: 'model-altered' });
  });

  it('lists built-in and own models as plain data', async () => {
    await resolveModel(options);

    const listed = await listModels(options);

    expect(listed.map(({ id, isCached }) => `${id} ${isCached}`)).toContain('tiny true');
    expect(listed[0]).toMatchObject({
      id: 'yolox-nano-416',
      role: 'recommended',
      input: '416×416',
      isCached: false,
    });
    expect(structuredClone(listed)).toEqual(JSON.parse(JSON.stringify(listed)));
  });
});
