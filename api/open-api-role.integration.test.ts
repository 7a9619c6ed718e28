import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAuditLog } from '../core/audit/audit-log.ts';
import { type ConnectedBus, connectBus, ensureStreams } from '../core/bus/connect-bus.ts';
import { createFeedsClient } from '../core/bus/feeds.ts';
import { type NatsServer, openNatsServer } from '../core/bus/nats-server.ts';
import { openNormalsStore } from '../core/bus/normals-store.ts';
import {
  alertIdAt,
  laterEvent,
  messagesOf,
  raisedAlert,
  raisedEvent,
  startAt,
  storyOf,
  trackRow,
  village,
} from '../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../test/fixtures/api/history-folder.ts';
import { ScriptedAnswers, ScriptedPictures } from '../test/fixtures/api/scripted-answers.ts';
import { ScriptedExports } from '../test/fixtures/api/scripted-exports.ts';
import { ScriptedLayouts } from '../test/fixtures/api/scripted-layouts.ts';
import { ScriptedSessions } from '../test/fixtures/api/scripted-sessions.ts';
import {
  basic,
  nothingInside,
  ScriptedWhatIf,
  TestEvidence,
  TestResources,
  TestStore,
} from '../test/fixtures/api/test-api.ts';
import type { FirstUser } from './auth/first-boot.ts';
import { type ApiRole, openApiRole } from './open-api-role.ts';

const confPath = path.resolve(import.meta.dirname, '../deploy/nats/nats-server.conf');
const account = { user: 'test', password: 'test-password' };
let surroundings: Awaited<ReturnType<typeof historyFolder>>;
let server: NatsServer;
let bus: ConnectedBus;
let role: ApiRole | undefined;
let serial = 0;

beforeAll(async () => {
  surroundings = await historyFolder();
  const { folder } = surroundings;
  server = await openNatsServer({
    ...{ confPath, dataFolder: path.join(folder, 'nats'), runFolder: path.join(folder, 'run') },
    ...{ maxStoreBytes: 1024 ** 3, ...account },
  });
  bus = await connectBus({ url: server.url, ...account, name: 'test', ...surroundings });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
});
afterEach(async () => {
  await role?.close();
  role = undefined;
});
afterAll(async () => {
  await bus?.close();
  await server?.close();
  await surroundings?.remove();
});

/** As much of an answer as these tests look at. */
interface Answer {
  code?: string;
  items?: { alertId: string }[];
}

const start = async (host = '127.0.0.1') => {
  const { folder, clock, log, metrics } = surroundings;
  const resources = new TestResources();
  const shown: FirstUser[] = [];
  role = await openApiRole({
    ...{ bus, clock, log, metrics, resources, host, port: 0, dataFolder: folder },
    evidence: new TestEvidence(),
    pictures: new ScriptedPictures(),
    answers: new ScriptedAnswers(),
    sessionStore: new ScriptedSessions(),
    exportStore: new ScriptedExports(),
    layoutStore: new ScriptedLayouts(),
    callResponder: async () => false,
    createWhatIf: () => new ScriptedWhatIf(),
    history: { folder: path.join(folder, 'history') },
    normals: await openNormalsStore(bus.nats),
    store: new TestStore(),
    audit: createAuditLog({ bus, clock }),
    feeds: createFeedsClient(bus.nats),
    inside: nothingInside,
    storeUser: async (user) => void resources.userList.push(user),
    onFirstUser: (user) => shown.push(user),
  });
  const { url } = role;
  const get = async (route: string, headers = {}) =>
    (await (await fetch(`${url}${route}`, { headers })).json()) as Answer;
  return { url, get, shown };
};

const newAlert = () =>
  raisedAlert({ alertId: alertIdAt(startAt + serial, serial++), raisedAt: startAt + serial });
const within = { timeout: 10_000, interval: 50 };

test('an alert on the bus is listed within seconds, as its events make it', async () => {
  const { get } = await start();
  const alert = newAlert();
  for (const event of storyOf(alert)) await bus.appendAlertEvent(event);
  await bus.appendTracks({ place: trackRow().place, rows: [trackRow()] });

  await vi.waitFor(
    async () => expect(await get(`/api/v1/alerts/${alert.alertId}`)).toMatchObject({ state: 'resolved' }),
    within,
  );
  const counts = `/api/v1/tracks/counts?from=${startAt - 1}&to=${startAt + 1}&by=place&bucket=all`;
  await vi.waitFor(
    async () =>
      expect((await get(counts)).items).toMatchObject([{ key: village, label: 'person', count: 1 }]),
    within,
  );
  expect(await get('/api/v1/health')).toMatchObject({
    bus: { isConnected: true },
    history: { isReachable: true },
  });
});

test('what happened while the role was down is there when it is back, once', async () => {
  const alert = newAlert();
  await start();
  await bus.appendAlertEvent(raisedEvent(alert));
  await role?.close();
  await bus.appendAlertEvent(laterEvent(alert, { type: 'transition', to: 'acknowledged', by: 'wang' }));

  const { get } = await start();

  await vi.waitFor(async () => {
    const { items } = await get('/api/v1/alerts?limit=500');
    const found = (items ?? []).filter((item) => item.alertId === alert.alertId);
    expect(found).toMatchObject([{ state: 'acknowledged' }]);
  }, within);
});

test('alerts past their time go, names and all, and the audit log has it', async () => {
  const raisedAt = startAt - 800 * 86_400_000;
  const old = raisedAlert({ alertId: alertIdAt(raisedAt, serial++), raisedAt });
  const { get } = await start();
  await bus.appendAlertEvent(raisedEvent(old));
  const answered = () => get(`/api/v1/alerts/${old.alertId}`);
  await vi.waitFor(async () => expect(await answered()).toMatchObject({ alertId: old.alertId }), within);
  await role?.close();

  const again = await start();

  expect(await again.get(`/api/v1/alerts/${old.alertId}`)).toMatchObject({ code: 'alert-unknown' });
  expect((await bus.lastAudit())?.value.entry).toMatchObject({
    ...{ who: 'api', what: 'historyRemoved', why: 'retention' },
    target: `history/alerts/${new Date(raisedAt).toISOString().slice(0, 7).replace('-', '')}`,
  });
});

test('a listener goes on where it stopped, over a restart of the role', async () => {
  const alerts = [newAlert(), newAlert(), newAlert()];
  const sequences: number[] = [];
  await start();
  for (const alert of alerts.slice(0, 2))
    sequences.push((await bus.appendAlertEvent(raisedEvent(alert))).sequence);
  await role?.close();
  const { url } = await start();
  const stop = new AbortController();
  const response = await fetch(`${url}/api/v1/alerts/events`, {
    headers: { 'last-event-id': String(sequences[0]) },
    signal: stop.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
  })().catch(() => undefined);
  await vi.waitFor(() => expect(text).toContain('event: ready'), within);
  sequences.push((await bus.appendAlertEvent(raisedEvent(alerts[2] ?? newAlert()))).sequence);

  await vi.waitFor(() => expect(text).toContain(`id: ${sequences[2]}\n`), within);
  stop.abort();
  await reading;
  expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual(sequences.slice(1));
});

test('beyond loopback the first start makes one user, whose secret alone lets in', async () => {
  const { get, shown, url } = await start('0.0.0.0');
  const [first] = shown;

  expect(url).toContain('127.0.0.1');
  expect(shown).toHaveLength(1);
  expect((await get('/api/v1/alerts')).code).toBe('not-signed-in');
  expect((await get('/api/v1/alerts', basic('admin', 'admin'))).code).toBe('not-signed-in');
  expect(await get('/api/v1/session', basic('admin', first?.secret ?? ''))).toMatchObject({ id: 'admin' });
});

test('a start that fails leaves nothing open', async () => {
  const { url } = await start();
  const { port } = new URL(url);
  await role?.close();
  const taken = await fetch(url).catch(() => 'closed');
  expect(taken).toBe('closed');

  const blocked = await start();
  await expect(
    openApiRole({
      ...surroundings,
      ...{ bus, resources: new TestResources(), host: '192.0.2.1', port: Number(port), dataFolder: '.' },
      evidence: new TestEvidence(),
      pictures: new ScriptedPictures(),
      answers: new ScriptedAnswers(),
      sessionStore: new ScriptedSessions(),
      exportStore: new ScriptedExports(),
      layoutStore: new ScriptedLayouts(),
      callResponder: async () => false,
      createWhatIf: () => new ScriptedWhatIf(),
      history: { folder: path.join(surroundings.folder, 'other'), url: 'http://127.0.0.1:9' },
      normals: await openNormalsStore(bus.nats),
      store: new TestStore(),
      audit: createAuditLog({ bus, clock: surroundings.clock }),
      feeds: createFeedsClient(bus.nats),
      inside: nothingInside,
      storeUser: async () => {},
      onFirstUser: () => {},
    }),
  ).rejects.toMatchObject({ code: 'history-unavailable' });
  expect(await blocked.get('/api/v1/alerts?limit=1')).toHaveProperty('items');
});

test('messages written straight to the history and by way of the bus are the same rows', async () => {
  const { get } = await start();
  const alert = newAlert();
  const [first] = messagesOf([raisedEvent(alert)]);
  if (first) await bus.appendAlertEvent(first.value);
  const again = await bus.appendAlertEvent(raisedEvent(alert));

  expect(again.isDuplicate).toBe(true);
  await vi.waitFor(
    async () => expect(await get(`/api/v1/alerts/${alert.alertId}`)).toMatchObject({ state: 'raised' }),
    within,
  );
});
