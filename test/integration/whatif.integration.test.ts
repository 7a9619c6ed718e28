import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openApiRole } from '../../api/index.ts';
import { createWhatIf } from '../../commands/whatif/create-what-if.ts';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { createFeedsClient } from '../../core/bus/feeds.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { openNormalsStore } from '../../core/bus/normals-store.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { WhatIfReport } from '../../core/schema/what-if.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { runVerb } from '../e2e/site-under-test.ts';
import { blockedLaneWith, cameraWith, crowdWith, intrusionWith } from '../fixtures/alerts/rehearsal.ts';
import { ScriptedAnswers, ScriptedPictures } from '../fixtures/api/scripted-answers.ts';
import { ScriptedExports } from '../fixtures/api/scripted-exports.ts';
import { ScriptedLayouts } from '../fixtures/api/scripted-layouts.ts';
import { ScriptedSessions } from '../fixtures/api/scripted-sessions.ts';
import { nothingInside, TestEvidence, TestStore } from '../fixtures/api/test-api.ts';
import { createSeededRandom, freshSeed } from '../fixtures/inference/seeded-random.ts';
import { LiveCamera } from '../fixtures/observations/live-camera.ts';
import { siteResources } from '../fixtures/observations/site-resources.ts';

const sign = { user: 'test', password: 'test-password' };
const hourMs = 3_600_000;
const seed = freshSeed();
const scenarios = [intrusionWith(), crowdWith({ count: 4 }), blockedLaneWith({ dwell: '30s' })];
const resources = siteResources(cameraWith(), scenarios);
const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const live = new LiveCamera(cameraWith(), scenarios, createSeededRandom(seed), Date.now() - 2 * hourMs);
let folder: string;
let server: NatsServer;
let bus: ConnectedBus;
let role: Awaited<ReturnType<typeof openApiRole>>;
let env: Record<string, string>;

/** An hour of a camera goes over a real bus into a real history. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-whatif-'));
  server = await openNatsServer({
    confPath: path.join(repositoryRoot, 'deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    ...sign,
  });
  env = {
    XUELIANG_DATA: folder,
    XUELIANG_NATS_URL: server.url,
    XUELIANG_NATS_USER: sign.user,
    XUELIANG_NATS_PASSWORD: sign.password,
  };
  bus = await connectBus({ url: server.url, ...sign, name: 'test', ...deps });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: hourMs });
  role = await openApiRole({
    ...{ bus, ...deps, resources, host: '127.0.0.1', port: 0, dataFolder: folder },
    evidence: new TestEvidence(),
    pictures: new ScriptedPictures(),
    answers: new ScriptedAnswers(),
    sessionStore: new ScriptedSessions(),
    exportStore: new ScriptedExports(),
    layoutStore: new ScriptedLayouts(),
    callResponder: async () => false,
    history: { folder: path.join(folder, 'history') },
    createWhatIf: (history) => createWhatIf({ history, resources, clock: systemClock }),
    normals: await openNormalsStore(bus.nats),
    store: new TestStore(),
    audit: createAuditLog({ bus, clock: systemClock }),
    feeds: createFeedsClient(bus.nats),
    inside: nothingInside,
    storeUser: async () => {},
    onFirstUser: () => {},
  });
  live.watch(hourMs / 2);
  await live.restart();
  live.watch(hourMs / 2);
  await live.store({
    writeObservations: async (chunks) => {
      for (const chunk of chunks) await bus.appendObservations(chunk);
    },
    writeAlertEvents: async (messages) => {
      for (const { value } of messages) await bus.appendAlertEvent(value);
    },
  });
});

afterAll(async () => {
  await role?.close();
  await bus?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const whatif = async (...args: string[]): Promise<WhatIfReport> => {
  const { stdout, stderr } = await runVerb(['whatif', '--since', '3h', '--json', ...args], env);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as WhatIfReport;
};

const expectReproduction = (report: WhatIfReport): void => {
  const { length } = live.alerts;
  expect([report.missing, report.surplus, report.gained, report.lost], `seed ${seed}`).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(report.cameras).toMatchObject([{ live: length, reproduced: length, kept: length, gaps: [] }]);
};

test('with unchanged settings every alert comes out again', async () => {
  expect(live.alerts.length).toBeGreaterThan(3);

  await vi.waitFor(async () => expectReproduction(await whatif()), { timeout: 40_000, interval: 1000 });
});

test('shows what a longer dwell would have lost, on a page as well', async () => {
  const set = ['--scenario', 'intrusion-1', '--set', 'dwell=90s'];
  const report = await whatif(...set);
  const page = await runVerb(['whatif', '--since', '3h', ...set], env);

  expect(report.kept.length + report.lost.length).toBe(
    live.alerts.filter(({ scenarioId }) => scenarioId === 'intrusion-1').length,
  );
  expect([page.code, page.stderr]).toEqual([0, '']);
  expect(page.stdout).toContain('camera ');
  for (const { alertId = '' } of report.lost.slice(0, 3)) expect(page.stdout).toContain(alertId);
});

test.each([
  ['a scenario that there is not', ['--scenario', 'nothing'], "there is no scenario 'nothing'"],
  ['a setting that does not fit', ['--scenario', 'crowd-1', '--set', 'count=many'], 'cannot be set so'],
  ['a setting of no scenario', ['--set', 'dwell=3s'], 'which scenario'],
  ['a setting without a value', ['--scenario', 'crowd-1', '--set', 'dwell'], 'write dwell=90s'],
  ['a time that is none', ['--since', 'yesterday'], 'write 7d'],
])('refuses %s as bad usage', async (_, args, message) => {
  const { code, stderr, stdout } = await runVerb(['whatif', ...args], env);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test('answers from the folder with a site file when no site runs', async () => {
  await role.close();
  const file = path.join(folder, 'site.json');
  const { site, places, cameras } = resources;
  await writeFile(file, JSON.stringify({ site: site(), places: places(), cameras: cameras(), scenarios }));

  expectReproduction(await whatif('--site', file));
});
