import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadEnvironment } from '../core/config/environment.ts';
import { parseSite } from '../core/config/read-site.ts';
import { createLogger } from '../core/log.ts';
import type { Site } from '../core/schema/site.ts';
import { fireSmokeWith } from '../test/fixtures/alerts/rehearsal.ts';
import { siteYaml } from '../test/fixtures/site.ts';
import { refuseUnfitModel } from './fit-model.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-cards-'));
  await writeFile(path.join(folder, 'smoke.card.json'), JSON.stringify(smokeCard));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An operator's model that knows smoke; only its card is looked at. */
const smokeCard = {
  ...{ id: 'smoke-416', title: 'Smoke', project: 'https://example.org/smoke', licence: 'Apache-2.0' },
  ...{ fileName: 'smoke.onnx', sizeBytes: 1000, sha256: 'a'.repeat(64), accuracy: [], notes: [] },
  input: {
    ...{ name: 'images', width: 416, height: 416, layout: 'nchw', pixel: 'bgr' },
    ...{ fit: 'letterbox', scale: 1, pad: 114 },
  },
  output: {
    ...{ decoder: 'yolox', strides: [8, 16, 32], confidentScore: 0.4 },
    tensors: [{ name: 'output', shape: [1, 3549, 7] }],
  },
  labels: { names: ['smoke', 'cloud'] },
};

const siteOn = (model: string | undefined, isAboutFire: boolean): Site => {
  const { site } = parseSite(siteYaml);
  if (!site) throw new RangeError('the sample site is unsound');
  return {
    ...site,
    site: { ...site.site, ...(model === undefined ? {} : { model }) },
    scenarios: [...site.scenarios, ...(isAboutFire ? [fireSmokeWith()] : [])],
  };
};

const check = (site: Site): Promise<void> =>
  refuseUnfitModel(
    {
      environment: loadEnvironment({ XUELIANG_MODEL_SOURCES: folder }),
      log: createLogger({ level: 'silent' }),
    },
    site,
  );

describe('refuseUnfitModel', () => {
  it('refuses fire and smoke on the recommended model, naming it', async () => {
    await expect(check(siteOn(undefined, true))).rejects.toMatchObject({
      code: 'config-model-unfit',
      message: expect.stringMatching(/needs a model with fire or smoke; installed: \S+/),
    });
  });

  it('lets it pass on an operator’s model whose card knows one of them', async () => {
    await expect(check(siteOn('smoke-416', true))).resolves.toBeUndefined();
  });

  it('refuses it on a model that has no card here', async () => {
    await expect(check(siteOn('elsewhere', true))).rejects.toMatchObject({ code: 'model-unknown' });
  });

  it('asks for no card where no scenario needs a class', async () => {
    await expect(check(siteOn('elsewhere', false))).resolves.toBeUndefined();
  });
});
