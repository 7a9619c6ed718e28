import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ScenarioScores } from '../../alerts/index.ts';
import { loadEnvironment } from '../../core/config/environment.ts';
import { createLogger } from '../../core/log.ts';
import { loadFootageSource } from '../../deploy/demo/footage-source.ts';
import type { DetectionAccuracy } from '../../inference/index.ts';
import { referenceAveragePrecision } from '../../test/fixtures/inference/reference-average-precision.ts';
import { sharedFootage } from '../../test/fixtures/inference/shared-footage.ts';
import { runCommand } from '../../test/fixtures/run-command.ts';
import { trueEventsOf, type WatchedView, type WrittenScenario } from '../../test/truth/true-events.ts';
import { loadWalkers } from '../../test/truth/walkers.ts';
import { evalCommand } from '../eval.ts';
import { openModelDetector } from '../replay/open-replay.ts';
import { lookAtFolder } from './look-at-folder.ts';

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

const seen: [string, string, number][] = [
  ['room', 'video/intel-one-by-one-person-detection.mp4', 0.85],
  ['motorway', 'video/bgs-video02.avi', 0.9],
  ['junction', 'video/evadb-ua_detrac.mp4', 0.9],
];

test.for(seen)(
  'finds what somebody saw on the clip of the %s (needs ../shared/footage)',
  { timeout: 300_000 },
  async ([camera, name, floor], { skip }) => {
    const clip = sharedFootage(name) ?? skip('the clip is not there');
    const [places, events] = ['seen-site.yaml', `seen-${camera}.json`].map((file) =>
      path.join(fixtures, file),
    );

    const { results } = await evaluate(
      ...['scenarios', clip, '--camera', camera, '--scenarios', places ?? '', '--truth', events ?? ''],
    );
    const [{ scenarios, total }] = results as [ScenarioScores];

    expect(total.f1, JSON.stringify(scenarios)).toBeGreaterThanOrEqual(floor);
    expect(total.falseAlerts).toBe(0);
  },
);

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
  'measures on pictures of COCO what a second implementation measures (needs ../shared/footage)',
  async () => {
    const { results } = await evaluate('detection', pictures ?? '');
    const [{ labels, map50, map }] = results as [DetectionAccuracy];
    const environment = loadEnvironment(process.env);
    const { signal } = new AbortController();
    const opened = await openModelDetector(
      { environment, log: createLogger({ level: 'silent' }) },
      undefined,
      signal,
    );
    const looked = await lookAtFolder(pictures ?? '', 'yolo', opened, signal);
    await opened.detector.close();

    expect(map).toBeLessThan(map50 ?? 0);
    expect(labels.length).toBeGreaterThan(8);
    for (const { label, ap50 } of labels) {
      const ofLabel = looked.pictures.map(({ truths, detections }) => ({
        truths: truths.filter((it) => it.label === label).map(({ box }) => ({ box, isCrowd: false })),
        detections: detections.filter((it) => it.label === label),
      }));
      expect(ap50, label).toBeCloseTo(referenceAveragePrecision(ofLabel, 0.5), 10);
    }
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
