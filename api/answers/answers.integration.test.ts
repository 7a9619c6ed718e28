import { createHmac } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { AnswerCalls } from '../../alerts/index.ts';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { createAnswerCaller, takeAnswerCalls } from '../../core/bus/answer-calls.ts';
import { openAnswerStore } from '../../core/bus/answer-store.ts';
import type { ConnectedBus } from '../../core/bus/connect-bus.ts';
import { openExportStore } from '../../core/bus/export-store.ts';
import { createFeedsClient } from '../../core/bus/feeds.ts';
import { openLayoutStore } from '../../core/bus/layout-store.ts';
import { openNormalsStore } from '../../core/bus/normals-store.ts';
import { openSessionStore } from '../../core/bus/session-store.ts';
import { createLogger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import { createEvidenceReader } from '../../ingest/evidence/index.ts';
import { createEvidencePictures } from '../../ingest/evidence/pictures/index.ts';
import { openRecordedGateway, type RecordedGateway } from '../../test/fixtures/alerts/recorded-gateway.ts';
import { alertIdAt, raisedAlert, raisedEvent, readySnapshot } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { nothingInside, ScriptedWhatIf, TestResources, TestStore } from '../../test/fixtures/api/test-api.ts';
import { openTestBus } from '../../test/fixtures/test-bus.ts';
import { type ApiRole, openApiRole } from '../open-api-role.ts';

const signingSecret = 'whsec-of-responders';
const within = { timeout: 15_000, interval: 50 };
let surroundings: Awaited<ReturnType<typeof historyFolder>>;
let testBus: Awaited<ReturnType<typeof openTestBus>>;
let bus: ConnectedBus;
let role: ApiRole;
let gateway: RecordedGateway;
let calls: AnswerCalls;
let forgetCalls: () => void;
let logged: string[] = [];
/** How far the clock of the API is ahead of the machine's. */
let aheadMs = 0;
let serial = 0;

class Resources extends TestResources {
  override publicAddress = 'https://caishi.example';

  override webhooks(): readonly Webhook[] {
    const place = { ground: '431103110', credentials: 'hook', isPrivate: true };
    return [{ id: 'messages', name: '短信', url: `${gateway.url}/messages`, ...place }];
  }
}

beforeAll(async () => {
  surroundings = await historyFolder();
  testBus = await openTestBus();
  bus = await testBus.connectWithStreams('test');
  gateway = await openRecordedGateway();
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      logged.push(String(chunk));
      done();
    },
  });
  const log = createLogger({ level: 'trace', destination });
  const { metrics, folder } = surroundings;
  const clock: Clock = { ...surroundings.clock, now: () => surroundings.clock.now() + aheadMs };
  const resources = new Resources();
  resources.responderList.push({
    id: 'patrol-2',
    name: '二号巡防',
    place: '431103110202',
    webhook: 'messages',
    phone: '110',
  });
  const secrets = { service: () => ({ password: signingSecret }) };
  calls = new AnswerCalls({ resources, secrets, clock, log, metrics });
  forgetCalls = takeAnswerCalls({ nats: bus.nats, log }, (call) => calls.take(call));
  const evidence = path.join(folder, 'evidence');
  role = await openApiRole({
    ...{ bus, clock, log, metrics, resources, host: '127.0.0.1', port: 0, dataFolder: folder },
    ...{ evidence: createEvidenceReader(evidence), pictures: createEvidencePictures(evidence) },
    sessionStore: await openSessionStore(bus.nats),
    exportStore: await openExportStore(bus.nats),
    layoutStore: await openLayoutStore(bus.nats),
    ...{ answers: await openAnswerStore(bus.nats), callResponder: createAnswerCaller(bus.nats) },
    ...{ createWhatIf: () => new ScriptedWhatIf(), history: { folder: path.join(folder, 'history') } },
    ...{ normals: await openNormalsStore(bus.nats), store: new TestStore() },
    ...{ audit: createAuditLog({ bus, clock }), feeds: createFeedsClient(bus.nats) },
    inside: nothingInside,
    storeUser: async () => undefined,
    onFirstUser: () => undefined,
  });
});
beforeEach(() => {
  logged = [];
  gateway.requests.length = 0;
  gateway.answer = () => 200;
});
afterEach(() => {
  aheadMs = 0;
});
afterAll(async () => {
  await role?.close();
  forgetCalls?.();
  await calls?.close();
  await gateway?.close();
  await testBus?.close();
  await surroundings?.remove();
});

const noise = (width: number, height: number): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 90 })
    .toBuffer();

/** An alert with its snapshot on the disk, sent to the patrol. Gives the token that the webhook was told. */
const dispatched = async () => {
  const raisedAt = Date.now() + serial;
  const alert = raisedAlert({ alertId: alertIdAt(raisedAt, ++serial), raisedAt });
  const day = new Date(raisedAt).toISOString().slice(0, 10).split('-');
  const folder = path.join(surroundings.folder, 'evidence', ...day, alert.alertId);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'snapshot.jpg'), await noise(1280, 720));
  await bus.appendAlertEvent(raisedEvent(alert));
  await bus.appendAlertEvent(readySnapshot(alert));
  const answer = await fetch(`${role.url}/api/v1/alerts/${alert.alertId}/steps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: 'dispatched', responder: 'patrol-2' }),
  });
  const { answerLink } = (await answer.json()) as { answerLink: { url: string; delivery: string } };
  expect(answerLink.delivery).toBe('taken');
  await vi.waitFor(() => expect(gateway.requests.length).toBeGreaterThan(0), within);
  return { alert, answerLink, token: answerLink.url.split('/r/')[1] ?? '' };
};

const telephone = (token: string) => {
  let cookie = '';
  return async (where: string, init: RequestInit = {}) => {
    const url = `${role.url}/api/v1/answers/${token}${where}`;
    const answer = await fetch(url, { ...init, headers: { ...init.headers, cookie } });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
};
const step = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const chunk = (bytes: Buffer, offset: number): RequestInit => ({
  method: 'PATCH',
  headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
  body: new Uint8Array(bytes),
});
const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>;

test('from dispatch to done: told by webhook, arrived, two pictures over a line that breaks, resolved', async () => {
  const { alert, answerLink, token } = await dispatched();
  const [told] = gateway.requests;
  expect(JSON.parse(told?.body ?? '')).toMatchObject({
    ...{
      type: 'responder.dispatched',
      alertId: alert.alertId,
      responder: 'patrol-2',
      phone: '110',
      url: answerLink.url,
    },
  });
  const signed = `${told?.headers['webhook-id']}.${told?.headers['webhook-timestamp']}.${told?.body}`;
  const signature = createHmac('sha256', signingSecret).update(signed).digest('base64');
  expect(told?.headers['webhook-signature']).toBe(`v1,${signature}`);

  const phone = telephone(token);
  expect(await json(await phone('/opening', { method: 'POST' }))).toMatchObject({
    next: ['accept', 'arrived'],
  });
  const picture = Buffer.from(await (await phone('/picture')).arrayBuffer());
  expect((await sharp(picture).metadata()).format).toBe('jpeg');
  for (const what of ['accept', 'arrived'])
    expect((await phone('/steps', step({ step: what }))).status).toBe(200);

  for (const when of ['before', 'after']) {
    const bytes = await noise(when === 'before' ? 640 : 800, 480);
    const where = `/uploads/upload-${when}?when=${when}&sizeBytes=${bytes.length}`;
    const half = Math.floor(bytes.length / 2);
    expect(await json(await phone(where, chunk(bytes.subarray(0, half), 0)))).toEqual({ offset: half });
    const breaking = new AbortController();
    const broken = phone(where, { ...chunk(bytes.subarray(half), half), signal: breaking.signal });
    breaking.abort();
    await expect(broken).rejects.toThrow();
    const { offset } = (await json(await phone(where))) as { offset: number };
    const whole = await json(await phone(where, chunk(bytes.subarray(offset), offset)));
    expect(whole).toMatchObject({ offset: bytes.length, picture: { height: 480 } });
  }
  const done = await json(await phone('/steps', step({ step: 'done', why: '已劝离' })));
  expect(done).toMatchObject({ state: 'resolved', next: [] });

  const url = `${role.url}/api/v1/alerts/${alert.alertId}`;
  await vi.waitFor(
    async () => expect(await json(await fetch(url))).toMatchObject({ state: 'resolved' }),
    within,
  );
  const resolved = await json(await fetch(url));
  expect(resolved).toMatchObject({
    pictures: [
      { n: 1, when: 'before', by: 'responder:patrol-2', width: 640 },
      { n: 2, when: 'after', by: 'responder:patrol-2', width: 800 },
    ],
  });
  const links = (await json(await fetch(`${url}/links`, { method: 'POST' }))) as {
    pictures: { url: string }[];
  };
  for (const { url: link } of links.pictures) {
    const sent = await fetch(`${role.url}${link}`);
    expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  }
  const said = JSON.stringify([await bus.eventsOfAlert(alert.alertId), resolved, logged]);
  expect(said).not.toContain(token);
});

test('a second telephone is refused, and that it tried is in the audit log', async () => {
  const { alert, token } = await dispatched();
  await telephone(token)('/opening', { method: 'POST' });
  const second = await telephone(token)('/opening', { method: 'POST' });

  expect([second.status, await json(second)]).toMatchObject([403, { code: 'answer-taken' }]);
  expect((await bus.lastAudit())?.value.entry).toMatchObject({
    ...{
      who: 'responder:patrol-2',
      what: 'answerLinkSeen',
      target: `alerts/${alert.alertId}/answer/elsewhere`,
    },
  });
});

test('a link whose time is over is good for nothing', async () => {
  const { token } = await dispatched();
  const phone = telephone(token);
  await phone('/opening', { method: 'POST' });
  aheadMs = 2 * 3_600_000 + 60_000;

  expect(await json(await phone('/steps', step({ step: 'arrived' })))).toMatchObject({ code: 'answer-over' });
  expect(await json(await telephone(token)('/opening', { method: 'POST' }))).toMatchObject({
    code: 'answer-taken',
  });
});

test('a webhook that fails is told again until it takes the link', async () => {
  gateway.answer = (_request, before) => (before === 0 ? 503 : 200);
  await dispatched();

  await vi.waitFor(() => expect(gateway.requests).toHaveLength(2), within);
  const [first, second] = gateway.requests;
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
});
