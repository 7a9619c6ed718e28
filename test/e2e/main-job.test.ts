import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHistory } from '../../api/history/index.ts';
import { loadEnvironment } from '../../core/config/environment.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Alert, AlertEvent } from '../../core/schema/alert.ts';
import { fetchCameras, followAlerts } from '../../deploy/demo/api-client.ts';
import { footageFolder, prepareTestFootage } from '../../deploy/demo/footage.ts';
import { vanArrivesAtSeconds } from '../../deploy/demo/test-clips.ts';
import { openSimulator, type Simulator } from '../../deploy/simulator/index.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { type Situation, situationsIn } from '../truth/situations.ts';
import { loadWalkers } from '../truth/walkers.ts';
import {
  clearSeconds,
  createPetsSite,
  dwellSeconds,
  emptyZone,
  enteredZone,
  vanDwellSeconds,
} from './pets-site.ts';
import { type SiteUnderTest, startSite } from './site-under-test.ts';

const shared = path.resolve(repositoryRoot, '../shared');
const truthFile = path.join(shared, 'footage/gt/PETS09-S2L1.gt.txt');
const sharedModels = path.join(shared, 'models');
const hasTruth = existsSync(truthFile);
const noTruth = 'the ground truth of the sequence is not beside the checkout';
const run = promisify(execFile);
const clock = systemClock;

/** Into the third situation of the entered zone, while the van stands and before `yard` has been told of its own. */
const killAtSeconds = 45;
const clipSeconds = 79.5;
/** What sampling a few frames a second, three looks to believe a track and a jittering box may cost. */
const toleranceSeconds = 2.5;

let folder: string;
let simulator: Simulator;
let site: SiteUnderTest;
let startedAt: number;
const events: AlertEvent[] = [];
let alerts: Alert[];
let firstClip: Buffer;
let exitCode: number | null;
let workerPids: number[];

const pause = (ms: number): Promise<void> => clock.sleep(ms);

/** Runs the site over the whole sequence once, killing the worker on the way; the tests below look at what is left. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-e2e-'));
  const { cacheFolder } = loadEnvironment(process.env);
  const clips = new Map(
    (await prepareTestFootage({ cacheFolder: footageFolder(cacheFolder) })).map(({ id, file }) => [id, file]),
  );
  const mount = (id: string, clip: string) => ({
    path: `/${id}`,
    file: clips.get(clip) ?? '',
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
  const stopping = new AbortController();
  const listening = followAlerts(site.api, clock, stopping.signal, (event) => events.push(event));
  startedAt = await liveSince();
  await pause(startedAt + killAtSeconds * 1000 - clock.now());
  process.kill(site.pidsOf('worker-1').at(-1) ?? 0, 'SIGKILL');
  await pause(startedAt + (clipSeconds + 8) * 1000 - clock.now());
  alerts = await loadAlerts();
  const withClip = alerts.find(({ clip }) => clip.state === 'ready');
  firstClip = await download(`/api/v1/alerts/${withClip?.alertId}/clip`);
  workerPids = site.pidsOf('worker-1');
  exitCode = await site.stop();
  stopping.abort();
  await listening;
});

afterAll(async () => {
  await site?.stop();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

/** When the first picture of `square` was here. */
const liveSince = async (): Promise<number> => {
  for (let attempt = 0; attempt < 600; attempt++) {
    const square = (await fetchCameras(site.api, new AbortController().signal)).find(
      ({ id }) => id === 'square',
    );
    if (square?.state === 'live' && square.status) return square.status.since;
    await pause(100);
  }
  throw new Error(`the camera never came live:\n${site.log.slice(-20).join('\n')}`);
};

const loadAlerts = async (): Promise<Alert[]> => {
  const response = await fetch(`${site.api}/api/v1/alerts?limit=500`);
  return ((await response.json()) as { items: Alert[] }).items;
};

const download = async (route: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${site.api}${route}`)).arrayBuffer());

/** Alerts of one scenario, first to last, by the seconds of the sequence at which their situation began. */
const beginningsOf = (scenarioId: string): number[] =>
  alerts
    .filter((alert) => alert.scenarioId === scenarioId)
    .map((alert) => (alert.startedAt - startedAt) / 1000)
    .sort((a, b) => a - b);

const truthOf = async (outline: typeof enteredZone): Promise<Situation[]> =>
  situationsIn(await loadWalkers(truthFile), outline, { dwellSeconds, clearSeconds });

test.skipIf(!hasTruth)(
  'raises one alert for each situation that the ground truth implies, and when it began',
  async () => {
    const truth = await truthOf(enteredZone);
    const beginnings = beginningsOf('entered');

    expect(beginnings).toHaveLength(truth.length);
    for (const [index, { startSeconds }] of truth.entries()) {
      expect(Math.abs((beginnings[index] ?? Number.NaN) - startSeconds)).toBeLessThan(toleranceSeconds);
    }
  },
);

test('raises nothing in a zone that the ground truth says nobody entered', async ({ skip }) => {
  skip(!hasTruth, noTruth);
  expect(await truthOf(emptyZone)).toEqual([]);
  expect(beginningsOf('empty')).toEqual([]);
});

test('reports the van that stood there from the start once, as that, although the worker was killed', () => {
  const van = alerts.filter(({ scenarioId }) => scenarioId === 'van-stands');

  expect(van.map(({ facts }) => facts.stoodAtStart)).toEqual([true]);
});

test('reports the van that arrives once, when it has stood for the time that is allowed', () => {
  const van = alerts.filter(({ scenarioId }) => scenarioId === 'van-arrives');
  const raisedSeconds = van.map(({ capturedAt }) => (capturedAt - startedAt) / 1000);

  expect(van.map(({ facts }) => facts.stoodAtStart ?? false)).toEqual([false]);
  expect(Math.abs((raisedSeconds[0] ?? 0) - (vanArrivesAtSeconds + vanDwellSeconds))).toBeLessThan(
    toleranceSeconds + 1,
  );
});

test('takes nobody who passes by for a vehicle that blocks the way', () => {
  expect(beginningsOf('passers-by')).toEqual([]);
});

test('gives every alert a snapshot and a clip, or says why there is none', () => {
  const media = alerts.flatMap(({ snapshot, clip }) => [snapshot.state, clip.state]);

  expect(media.filter((state) => state === 'pending')).toEqual([]);
  expect(media.filter((state) => state === 'ready').length).toBeGreaterThanOrEqual(media.length - 2);
});

test('serves a clip that plays from beginning to end', async () => {
  const file = path.join(folder, 'clip.mp4');
  await writeFile(file, firstClip);

  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-count_frames',
    '-select_streams',
    'v',
    '-show_entries',
    'stream=codec_name,nb_read_frames',
    '-of',
    'json',
    file,
  ]);
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', file, '-f', 'null', '-']);
  const [stream] = (JSON.parse(stdout) as { streams: { codec_name: string; nb_read_frames: string }[] })
    .streams;

  expect(stream?.codec_name).toBe('h264');
  expect(Number(stream?.nb_read_frames)).toBeGreaterThan(100);
  expect(stderr).toBe('');
});

test('started the killed worker again', () => {
  expect(workerPids).toHaveLength(2);
});

test('tells the same alerts as they happen', () => {
  const told = events.flatMap((event) => (event.type === 'raised' ? [event.alertId] : []));

  expect([...new Set(told)].sort()).toEqual(alerts.map(({ alertId }) => alertId).sort());
  expect(told).toHaveLength(new Set(told).size);
});

test('has one row for each alert in ClickHouse', async () => {
  const history = await openHistory({
    folder: path.join(site.dataFolder, 'history'),
    clock,
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
  });
  const everything = { scenarioIds: [], kinds: [], severities: [], states: [], cameraIds: [] };
  const page = await history.alerts({ placePrefix: '4311', limit: 500, ...everything });
  await history.close();

  expect(page.alerts.map(({ alertId }) => alertId).sort()).toEqual(
    alerts.map(({ alertId }) => alertId).sort(),
  );
});

test('drains and exits with 0', () => {
  expect(exitCode).toBe(0);
});
