import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ScenarioScores } from '../../alerts/index.ts';
import { loadEnvironment } from '../../core/config/environment.ts';
import { loadFootageSource } from '../../deploy/demo/footage-source.ts';
import type { DetectionAccuracy } from '../../inference/index.ts';
import { sharedFootage } from '../../test/fixtures/inference/shared-footage.ts';
import { runCommand } from '../../test/fixtures/run-command.ts';
import { trueEventsOf, type WatchedView, type WrittenScenario } from '../../test/truth/true-events.ts';
import { loadWalkers } from '../../test/truth/walkers.ts';
import { evalCommand } from '../eval.ts';

const fixtures = path.resolve(import.meta.dirname, '../../test/fixtures/eval');
const site = path.join(fixtures, 'vtest-site.yaml');
const truth = path.join(fixtures, 'vtest-events.json');
const pictures = sharedFootage('coco-val128');
const walkersFile = sharedFootage('gt/PETS09-S2L1.gt.txt');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'eval-'));
});

afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: readonly string[]) => runCommand('eval', evalCommand, args);

test('finds what really goes on in vtest.avi, and next to nothing else', async () => {
  const clip = await loadFootageSource(loadEnvironment(process.env).cacheFolder, () => undefined);

  const { results } = await evaluate(
    ...['scenarios', clip, '--camera', 'square', '--scenarios', site, '--truth', truth],
  );
  const [{ scenarios, total }] = results as [ScenarioScores];

  expect(total.f1, JSON.stringify(scenarios)).toBeGreaterThanOrEqual(0.9);
}, 300_000);

test.skipIf(!walkersFile)(
  'has the truth of vtest.avi as its ground truth says it (needs ../shared/footage)',
  async () => {
    const walkers = await loadWalkers(walkersFile ?? '');
    const { cameras, scenarios } = parse(readFileSync(site, 'utf8')) as {
      cameras: [WatchedView];
      scenarios: WrittenScenario[];
    };

    const events = scenarios.flatMap((scenario) => trueEventsOf(scenario, cameras[0], walkers));

    expect(events).toEqual(JSON.parse(readFileSync(truth, 'utf8')));
  },
);

test.skipIf(!pictures)(
  'measures detection on pictures of COCO (needs ../shared/footage)',
  async () => {
    const { results } = await evaluate('detection', pictures ?? '');
    const [{ labels, map50, map }] = results as [DetectionAccuracy];

    expect(labels.find(({ label }) => label === 'person')?.truths).toBeGreaterThan(300);
    expect(map50).toBeGreaterThan(0.4);
    expect(map).toBeGreaterThan(0.2);
    expect(map).toBeLessThan(map50 ?? 0);
  },
  300_000,
);

test.skipIf(!pictures)(
  'draws a threshold sweep of them (needs ../shared/footage)',
  async () => {
    const out = path.join(folder, 'sweep.html');

    const { exitCode } = await evaluate('sweep', pictures ?? '', '--out', out);

    expect(exitCode).toBe(0);
    expect(await readFile(out, 'utf8')).toContain('coco-val128');
  },
  300_000,
);

test('refuses what it does not know how to measure', async () => {
  await expect(async () => evaluate('beauty')).rejects.toMatchObject({ code: 'usage-invalid' });
});
