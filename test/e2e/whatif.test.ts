import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEnvironment } from '../../core/config/environment.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { WhatIfReport } from '../../core/schema/what-if.ts';
import { footageFolder, prepareTestFootage } from '../../deploy/demo/footage.ts';
import { openSimulator, type Simulator } from '../../deploy/simulator/index.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { createPetsSite } from './pets-site.ts';
import { runVerb, type SiteUnderTest, startSite } from './site-under-test.ts';

const sharedModels = path.resolve(repositoryRoot, '../shared/models');
const watchedMs = 60_000;
/** A chunk with somebody in it is open for a minute at most, and the history writes a few seconds later. */
const storedMs = 75_000;

let folder: string;
let simulator: Simulator;
let site: SiteUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-whatif-e2e-'));
  const { cacheFolder } = loadEnvironment(process.env);
  const footage = await prepareTestFootage({ cacheFolder: footageFolder(cacheFolder) });
  const mount = (id: string, clip: string) => ({
    path: `/${id}`,
    file: footage.find((item) => item.id === clip)?.file ?? '',
    loop: false,
    timeline: 'first-client' as const,
  });
  simulator = await openSimulator({ mounts: [mount('square', 'full-view'), mount('yard', 'van-arrives')] });
  const model = existsSync(sharedModels) ? { XUELIANG_MODEL_SOURCES: sharedModels } : undefined;
  site = await startSite(
    folder,
    createPetsSite((id) => simulator.url(`/${id}`), undefined),
    model,
  );
  await systemClock.sleep(watchedMs + storedMs);
});

afterAll(async () => {
  await site?.stop();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

test('what real cameras showed gives the same alerts again, and other settings others', async () => {
  const ask = async (...args: string[]): Promise<WhatIfReport> => {
    const { stdout } = await runVerb(['whatif', '--since', '1h', '--json', ...args], {
      XUELIANG_DATA: site.dataFolder,
    });
    return JSON.parse(stdout) as WhatIfReport;
  };
  const same = await ask();
  const longer = await ask('--scenario', 'entered', '--set', 'dwell=1h');

  const live = same.cameras.reduce((sum, camera) => sum + camera.live, 0);
  expect(live).toBeGreaterThan(2);
  expect([same.missing, same.surplus]).toEqual([[], []]);
  expect(same.cameras.flatMap(({ gaps }) => gaps)).toEqual([]);
  expect(longer.kept).toEqual([]);
  expect(longer.lost.length).toBeGreaterThan(0);
});
