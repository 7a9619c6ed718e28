import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openApiRole } from '../../../api/index.ts';
import { createAuditLog } from '../../../core/audit/audit-log.ts';
import { type ExportStore, openExportStore } from '../../../core/bus/export-store.ts';
import { createFeedsClient } from '../../../core/bus/feeds.ts';
import { openNormalsStore } from '../../../core/bus/normals-store.ts';
import { loadEnvironment } from '../../../core/config/environment.ts';
import { createLogger } from '../../../core/log.ts';
import { createMetrics } from '../../../core/metrics.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import { createEvidenceReader } from '../../../ingest/evidence/index.ts';
import {
  alertIdAt,
  laterEvent,
  neighbour,
  otherTownship,
  raisedAlert,
  raisedEvent,
} from '../../../test/fixtures/api/alert-events.ts';
import { ScriptedAnswers, ScriptedPictures } from '../../../test/fixtures/api/scripted-answers.ts';
import { ScriptedLayouts } from '../../../test/fixtures/api/scripted-layouts.ts';
import { ScriptedSessions } from '../../../test/fixtures/api/scripted-sessions.ts';
import {
  basic,
  nothingInside,
  ScriptedWhatIf,
  TestResources,
  TestStore,
  testHash,
  testSecret,
  township,
} from '../../../test/fixtures/api/test-api.ts';
import {
  clipPictures,
  detailIn,
  greyPicture,
  writeRealEvidence,
} from '../../../test/fixtures/evidence/real-evidence.ts';
import { readZip } from '../../../test/fixtures/read-zip.ts';
import { openTestBus, type TestBus } from '../../../test/fixtures/test-bus.ts';
import { evidenceFolder } from '../../site-evidence.ts';
import { createArchiveMaker } from './archive-maker.ts';

const run = promisify(execFile);
const url = '/api/v1/exports';
const day = 86_400_000;
// Three people who walk together, where vtest.avi shows them from its tenth second on.
const walker = { x: 0.63, y: 0.25, w: 0.085, h: 0.14 };
/** Without the outline that is drawn around them. */
const withinWalker = { x: 0.645, y: 0.265, w: 0.055, h: 0.11 };
const raisedAt = Math.round(Date.now()) - 60_000;
const alert = (serial: number, facts = {}) =>
  raisedAlert({
    ...{ alertId: alertIdAt(raisedAt, serial), raisedAt, capturedAt: raisedAt - 400 },
    objects: [{ trackId: 'gate-1-7', label: 'person', score: 0.8, box: walker }],
    ...facts,
  });
const whole = alert(1);
const withoutClip = alert(2, { place: neighbour });

let folder = '';
let testBus: TestBus;
let store: ExportStore;
let role: Awaited<ReturnType<typeof openApiRole>>;
let evidence: Awaited<ReturnType<typeof writeRealEvidence>>;
const metrics = createMetrics();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-archive-'));
  testBus = await openTestBus();
  const bus = await testBus.connectWithStreams('api');
  const environment = { ...loadEnvironment(process.env), dataFolder: folder };
  const evidenceOf = evidenceFolder(environment);
  evidence = await writeRealEvidence(evidenceOf, whole.alertId);
  const { snapshot } = await writeRealEvidence(evidenceOf, withoutClip.alertId);
  const startedAt = whole.capturedAt - 1000;
  for (const event of [
    raisedEvent(whole),
    laterEvent(whole, { type: 'mediaReady', item: { ...evidence.clip.item, startedAt } }, raisedAt + 10),
    laterEvent(whole, { type: 'mediaReady', item: evidence.snapshot.item }, raisedAt + 20),
    laterEvent(whole, { type: 'transition', to: 'falseAlarm', by: 'zhang-san', reason: 'permitted' }),
    raisedEvent(withoutClip),
    laterEvent(withoutClip, { type: 'mediaReady', item: snapshot.item }),
    laterEvent(withoutClip, { type: 'mediaDeleted', medium: 'clip', reason: 'retention' }, raisedAt + 30),
  ])
    await bus.appendAlertEvent({ ...event, eventId: `${event.eventId}.${event.at % 1000}`.slice(0, 64) });
  store = await openExportStore(bus.nats);
  const resources = new TestResources();
  for (const [id, ground] of [
    ['wang', township],
    ['li', township],
    ['sun', otherTownship],
  ] as const)
    resources.userList.push({ id, ground, roles: ['dispatcher'], passwordHash: testHash });
  const log = createLogger({ level: 'silent' });
  role = await openApiRole({
    ...{ bus, clock: systemClock, log, metrics, resources, host: '127.0.0.1', port: 0, dataFolder: folder },
    evidence: createEvidenceReader(evidenceOf),
    pictures: new ScriptedPictures(),
    answers: new ScriptedAnswers(),
    sessionStore: new ScriptedSessions(),
    exportStore: store,
    layoutStore: new ScriptedLayouts(),
    archiveMaker: createArchiveMaker(environment, systemClock),
    callResponder: async () => false,
    createWhatIf: () => new ScriptedWhatIf(),
    history: { folder: path.join(folder, 'history') },
    normals: await openNormalsStore(bus.nats),
    store: new TestStore(),
    audit: createAuditLog({ bus, clock: systemClock }),
    feeds: createFeedsClient(bus.nats),
    inside: nothingInside,
    storeUser: async () => undefined,
    onFirstUser: () => undefined,
  });
}, 120_000);

afterAll(async () => {
  await role?.close();
  await testBus?.close();
  await rm(folder, { recursive: true, force: true });
});

const send = (user: string, method: string, route: string, body?: object) =>
  fetch(`${role.url}${route}`, {
    method,
    headers: { ...basic(user, testSecret), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const told = async (user: string, method: string, route: string, body?: object) => {
  const answer = await send(user, method, route, body);
  return { status: answer.status, json: await answer.json() };
};

const reason = '派出所调取塘边事件材料';
const approved = async (facts: object): Promise<string> => {
  const asking = { kind: 'alerts', purpose: 'evidenceForAuthority', reason, ...facts };
  const { json } = await vi.waitFor(async () => {
    const answer = await told('wang', 'POST', url, asking);
    expect(answer.status, JSON.stringify(answer.json)).toBe(200);
    return answer;
  }, 20_000);
  await told('li', 'POST', `${url}/${json.exportId}/approval`, { approve: true });
  return json.exportId;
};

const ready = (exportId: string) =>
  vi.waitFor(
    async () => {
      const { json } = await told('wang', 'GET', `${url}/${exportId}`);
      expect(json.archive, JSON.stringify(json.archive)).toMatchObject({ state: 'ready' });
      return json.archive as { bytes: number; sha256: string; files: number };
    },
    { timeout: 400_000, interval: 500 },
  );

const unpack = async (exportId: string) => {
  const answer = await send('wang', 'GET', `${url}/${exportId}/archive`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const files = readZip(bytes);
  const write = async (name: string): Promise<string> => {
    const file = path.join(folder, name.replaceAll('/', '-'));
    await writeFile(file, files.get(name) ?? '');
    return file;
  };
  return { answer, bytes, files, write, manifest: JSON.parse(String(files.get('manifest.json'))) };
};

test('what a second person approved is made, and fetched by whoever asked for it alone', {
  timeout: 600_000,
}, async () => {
  const exportId = await approved({ alertIds: [whole.alertId, withoutClip.alertId] });
  expect((await told('wang', 'GET', `${url}/${exportId}/archive`)).json.code).toBe('export-not-ready');
  const archive = await ready(exportId);
  const { answer, bytes, files, manifest, write } = await unpack(exportId);

  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${exportId}.zip"`);
  expect(bytes).toHaveLength(archive.bytes);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(archive.sha256);
  expect([...files.keys()].sort()).toEqual(
    [
      ...['snapshot.jpg', 'clip.mp4'].map((name) => `${whole.alertId}/${name}`),
      `${withoutClip.alertId}/snapshot.jpg`,
      ...['README.txt', 'manifest.json'],
    ].sort(),
  );

  const [first, second] = manifest.alerts;
  expect(manifest).toMatchObject({ exportId, reason, asked: { by: 'wang' }, approved: { by: 'li' } });
  expect(second.files.clip).toEqual({ missing: 'deleted: retention' });
  expect(JSON.stringify(manifest)).not.toContain('zhang-san');
  for (const { file, sha256 } of [first.files.snapshot, first.files.clip, second.files.snapshot])
    expect(
      createHash('sha256')
        .update(files.get(file) ?? '')
        .digest('hex'),
    ).toBe(sha256);

  const clip = await write(`${whole.alertId}/clip.mp4`);
  const probe = [
    '-v',
    'error',
    '-count_frames',
    '-show_entries',
    'stream=codec_name,nb_read_frames',
    '-of',
    'csv=p=0',
  ];
  const { stdout } = await run('/usr/bin/ffprobe', [...probe, clip]);
  expect(stdout.trim()).toBe(`h264,${clipPictures}`);
  // The clip begins a second before the moment of the alert, at ten pictures a second.
  const pairs: [string, string, number][] = [
    [await write(`${whole.alertId}/snapshot.jpg`), evidence.snapshot.file, 0],
    [clip, evidence.clip.file, 10],
  ];
  for (const [blurred, original, index] of pairs) {
    const [after, before] = await Promise.all([greyPicture(blurred, index), greyPicture(original, index)]);
    expect(detailIn(after, withinWalker)).toBeLessThan(detailIn(before, withinWalker) * 0.4);
    // The lawn beside them is as it was.
    const lawn = { x: 0.2, y: 0.6, w: 0.2, h: 0.2 };
    expect(detailIn(after, lawn)).toBeGreaterThan(detailIn(before, lawn) * 0.5);
  }

  const fetched = await told('li', 'GET', '/api/v1/audit?what=exportFetched');
  expect(fetched.status).toBe(403);
});

test('nobody else gets it: who approved it, another township, whoever withdraws it', {
  timeout: 600_000,
}, async () => {
  const exportId = await approved({ alertIds: [withoutClip.alertId] });
  await ready(exportId);
  const archive = `${url}/${exportId}/archive`;

  expect(await told('li', 'GET', archive)).toMatchObject({ status: 404, json: { code: 'export-unknown' } });
  expect(await told('sun', 'GET', archive)).toMatchObject({ status: 404, json: { code: 'export-unknown' } });
  const file = path.join(folder, 'exports', `${exportId}.zip`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  await told('wang', 'DELETE', `${url}/${exportId}`);
  expect(await told('wang', 'GET', archive)).toMatchObject({ status: 409, json: { code: 'export-moved' } });
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), 10_000);
  const removed = 'xueliang_api_archives_removed_total{reason="withdrawn"} 1';
  await vi.waitFor(async () => expect((await metrics.text()).includes(removed)).toBe(true), 10_000);
});

test('after seven days it is gone', { timeout: 600_000 }, async () => {
  const exportId = await approved({ alertIds: [withoutClip.alertId] });
  await ready(exportId);
  const entry = await store.get(exportId);
  if (!entry) throw new TypeError('no export');
  const { exported, revision } = entry;
  const steps = exported.steps.map((step) => ({ ...step, at: step.at - 7 * day }));
  await store.update({ ...exported, steps }, revision);

  expect(await told('wang', 'GET', `${url}/${exportId}/archive`)).toMatchObject({
    ...{ status: 409, json: { code: 'export-moved' } },
  });
  const file = path.join(folder, 'exports', `${exportId}.zip`);
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), 10_000);
  expect((await told('wang', 'GET', `${url}/${exportId}`)).json.archive).toEqual({ state: 'removed' });
});

test.each(['yolo', 'coco'] as const)(
  'hard examples come as %s, with nothing drawn on them',
  { timeout: 600_000 },
  async (format) => {
    const exportId = await approved({
      kind: 'hardExamples',
      purpose: 'training',
      format,
      alertIds: [whole.alertId],
    });
    await ready(exportId);
    const { files } = await unpack(exportId);

    const image = `images/${whole.alertId}.jpg`;
    const labels = format === 'yolo' ? [`labels/${whole.alertId}.txt`, 'data.yaml'] : ['annotations.json'];
    expect([...files.keys()].sort()).toEqual([...labels, image, 'README.txt', 'manifest.json'].sort());
    if (format === 'yolo')
      expect(String(files.get(`labels/${whole.alertId}.txt`))).toBe('0 0.6725 0.32 0.085 0.14\n');
    expect(String(files.get('README.txt'))).toContain('do not train on them');
  },
);
