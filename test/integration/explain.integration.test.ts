import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { runVerb } from '../e2e/site-under-test.ts';
import { exampleExplanation } from '../fixtures/explanation.ts';
import { siteWith } from '../fixtures/site.ts';

const sign = { user: 'test', password: 'test-password' };
const second = `  - id: gate-2
    name: 后门
    place: "431103110201"
    stream: {url: "rtsp://127.0.0.1:8554/gate-2"}
    register: {category: road, signPosted: true, filingNumber: 湘永公备-0002, owner: 蔡市镇人民政府}
scenarios:`;
let folder: string;
let server: NatsServer;
let bus: ConnectedBus;
let env: Record<string, string>;

/** A site of two cameras, of which a worker holds the first. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-explain-'));
  server = await openNatsServer({
    confPath: path.join(repositoryRoot, 'deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    ...sign,
  });
  env = {
    XUELIANG_NATS_URL: server.url,
    XUELIANG_NATS_USER: sign.user,
    XUELIANG_NATS_PASSWORD: sign.password,
    LANG: 'en_GB.UTF-8',
    LC_ALL: '',
    LC_MESSAGES: '',
  };
  const log = createLogger({ level: 'silent' });
  const deps = { clock: systemClock, log, metrics: createMetrics() };
  bus = await connectBus({ url: server.url, ...sign, name: 'worker', ...deps });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
  bus.answerExplain('gate-1', async () => exampleExplanation);
  const file = path.join(folder, 'site.yaml');
  await writeFile(file, siteWith('scenarios:', second));
  expect(await runVerb(['apply', '-f', file], env)).toMatchObject({ code: 0, stderr: '' });
});

afterAll(async () => {
  await bus?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const explain = (...args: string[]) => runVerb(['explain', ...args], env);

test('prints the page of a camera, in the language that is asked for', async () => {
  const english = await explain('gate-1');
  const chinese = await explain('gate-1', '--lang', 'zh');

  expect([english.code, english.stderr]).toEqual([0, '']);
  expect(english.stdout).toContain('Something is there, but not yet enough for an alert.');
  expect(chinese.stdout).toContain('现场已有目标，但还不足以预警。');
});

test('prints one JSON document with --json', async () => {
  const { code, stdout } = await explain('gate-1', '--json');

  expect([code, JSON.parse(stdout)]).toEqual([0, exampleExplanation]);
});

test('says of a camera that nobody holds why, with what was last heard of it', async () => {
  const silent = await explain('gate-2');
  bus.publishCameraStatus({
    ...exampleExplanation.status,
    ...{ cameraId: 'gate-2', at: Date.now(), state: 'lost' },
    message: "no credentials 'gate-2'; see rtsp://admin:hunter2@10.0.0.1/",
  });
  await bus.nats.flush();
  const lost = await explain('gate-2', '--json');

  expect([silent.code, silent.stderr]).toEqual([1, expect.stringContaining('no worker has taken it')]);
  expect([lost.code, lost.stdout]).toEqual([1, '']);
  expect(JSON.parse(lost.stderr)).toMatchObject({ code: 'camera-unwatched', kind: 'unavailable' });
  expect(lost.stderr).toContain('worker-1 said');
  expect(lost.stderr).not.toContain('hunter2');
});

test.each([
  ['no camera', [], 'which camera?'],
  ['a camera that there is not', ['gate-9'], 'the cameras are gate-1, gate-2'],
  ['what is no name', ['gate.*'], 'is no camera id'],
  ['a language it does not speak', ['gate-1', '--lang', 'fr'], 'write zh or en'],
  ['two cameras', ['gate-1', 'gate-2'], "unexpected argument 'gate-2'"],
])('refuses %s as bad usage', async (_, args, message) => {
  const { code, stderr, stdout } = await explain(...args);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
