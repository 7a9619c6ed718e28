import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import type { AlertEvent } from '../schema/alert.ts';
import { type ConnectedBus, connectBus, ensureStreams } from './connect-bus.ts';
import { openLeaseStore } from './lease-store.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';
import { openSiteStore } from './site-store.ts';

const log = createLogger({ level: 'silent' });
const metrics = createMetrics();
const confPath = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
const place = '431103110201';
let folder: string;
let server: NatsServer;
let bus: ConnectedBus;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-bus-'));
  server = await openNatsServer({
    confPath,
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    user: 'test',
    password: 'test-password',
  });
  bus = await connectBus({
    url: server.url,
    user: 'test',
    password: 'test-password',
    name: 'test',
    clock: systemClock,
    log,
    metrics,
  });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
});

afterAll(async () => {
  await bus?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

let serial = 0;
const nextAlertId = (): string => `01ARZ3NDEKTSV4RRFFQ69G${String(serial++).padStart(4, '0')}`;

const raised = (cameraId: string, alertId = nextAlertId()): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${alertId}.raised`,
  alertId,
  cameraId,
  place,
  at: 1,
  type: 'raised',
  alert: {
    alertId,
    siteId: 'caishi',
    cameraId,
    cameraName: '村口',
    place,
    scenarioId: 'gate',
    scenarioName: '村口',
    kind: 'intrusion',
    severity: 'high',
    purpose: 'traffic',
    zoneId: 'gate',
    startedAt: 1,
    capturedAt: 1,
    clockQuality: 'rtcp',
    receivedAt: 1,
    raisedAt: 1,
    modelId: 'm',
    facts: { dwellMs: 1, limitDwellMs: 1 },
    objects: [],
  },
});

const ended = (of: AlertEvent): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${of.alertId}.ended`,
  alertId: of.alertId,
  cameraId: of.cameraId,
  place,
  at: 2,
  type: 'ended',
  endedAt: 2,
});

test('appends the same raised event once, also beyond the duplicate window', async () => {
  const event = raised('twice');

  const first = await bus.appendAlertEvent(event);
  const again = await bus.appendAlertEvent(event);
  const afterWindow = await bus.appendAlertEvent({ ...event, eventId: `${event.alertId}.raised-again` });

  expect(first.isDuplicate).toBe(false);
  expect([again.isDuplicate, afterWindow.isDuplicate]).toEqual([true, true]);
});

test('an event is appended after the one that was seen last, or not at all', async () => {
  const event = raised('steps');
  await bus.appendAlertEvent(event);
  const [first] = await bus.eventsOfAlert(event.alertId);
  const step = (by: string): AlertEvent => ({
    ...{ schemaVersion: 1, eventId: `${event.alertId}.transition.${by}`, alertId: event.alertId },
    ...{ cameraId: event.cameraId, place, at: 2, type: 'transition', to: 'acknowledged', by },
  });

  const sequence = first?.sequence ?? 0;
  const both = await Promise.allSettled([
    bus.appendAlertEventAfter(step('wang'), sequence),
    bus.appendAlertEventAfter(step('li'), sequence),
  ]);

  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'bus-conflict' },
  });
  expect(await bus.eventsOfAlert(event.alertId)).toHaveLength(2);
});

test('gives a camera its own alert events in order and nobody else’s', async () => {
  const mine = raised('mine');
  for (const event of [raised('other'), mine, raised('mine-too'), ended(mine)])
    await bus.appendAlertEvent(event);

  const events = await bus.alertEventsOf('mine');

  expect(events.map(({ value }) => value.eventId)).toEqual([mine.eventId, `${mine.alertId}.ended`]);
});

test('offers a batch again until the reader takes it, then never more', async () => {
  const stopping = new AbortController();
  const seen: string[][] = [];
  let refusals = 1;
  const event = raised('batch');
  await bus.appendAlertEvent(event);

  const consuming = bus.consume({
    stream: 'ALERTS',
    durable: 'test-batch',
    maxBatch: 50,
    maxWaitMs: 50,
    signal: stopping.signal,
    onBatch: async (messages) => {
      if (refusals-- > 0) throw new Error('not now');
      seen.push(messages.map(({ value }) => value.eventId));
    },
  });
  await vi.waitFor(() => expect(seen.flat()).toContain(event.eventId), 10_000);
  stopping.abort();
  await consuming;

  expect(seen.flat().filter((id) => id === event.eventId)).toHaveLength(1);
});

test('follows from the beginning, says when it has caught up, and goes on live', async () => {
  const stopping = new AbortController();
  const seen: string[] = [];
  let isCaughtUp = false;
  const before = raised('follow');
  await bus.appendAlertEvent(before);

  const following = bus.follow({
    stream: 'ALERTS',
    from: 'all',
    signal: stopping.signal,
    onMessage: ({ value }) => seen.push(value.eventId),
    onCaughtUp: () => {
      isCaughtUp = true;
    },
  });
  await vi.waitFor(() => expect(isCaughtUp).toBe(true), 10_000);
  const live = raised('follow');
  await bus.appendAlertEvent(live);
  await vi.waitFor(() => expect(seen).toContain(live.eventId), 10_000);
  stopping.abort();
  await following;

  expect(seen).toContain(before.eventId);
});

test('keeps the latest status of each camera for a reader that starts later', async () => {
  const stopping = new AbortController();
  const seen: number[] = [];
  for (const connects of [1, 2]) bus.publishCameraStatus(status('late', connects));

  const following = bus.follow({
    stream: 'HEALTH',
    from: 'lastPerSubject',
    signal: stopping.signal,
    onMessage: ({ value }) => seen.push(value.connects),
  });
  await vi.waitFor(() => expect(seen).toContain(2), 10_000);
  stopping.abort();
  await following;

  expect(seen).toEqual([2]);
});

test('refuses a resource that somebody else changed meanwhile', async () => {
  const store = await openSiteStore(bus.nats);
  const revision = await store.put('cameras.stale', { id: 'stale' }, 0);
  await store.put('cameras.stale', { id: 'stale', name: 'new' }, revision);

  await expect(store.put('cameras.stale', { id: 'stale' }, revision)).rejects.toMatchObject({
    code: 'bus-conflict',
  });
  await expect(store.put('cameras.stale', {}, 0)).rejects.toMatchObject({ code: 'bus-conflict' });
});

test('shows a watcher what is there, then every change and removal', async () => {
  const store = await openSiteStore(bus.nats);
  const stopping = new AbortController();
  const changes: [string, unknown][] = [];
  let isCurrent = false;
  const revision = await store.put('places.4311', { code: '4311' }, 0);

  const watching = store.watch(
    stopping.signal,
    (key, value) => changes.push([key, value]),
    () => {
      isCurrent = true;
    },
  );
  await vi.waitFor(() => expect(isCurrent).toBe(true), 10_000);
  await store.remove('places.4311', revision);
  await vi.waitFor(() => expect(changes).toContainEqual(['places.4311', undefined]), 10_000);
  stopping.abort();
  await watching;

  expect(changes).toContainEqual(['places.4311', { code: '4311' }]);
});

test('lets one worker hold a camera, and the next when it lapses or is given back', async () => {
  const leases = await openLeaseStore(bus.nats, 1500);

  expect(await leases.hold('cameras.a', 'worker-1')).toBe(true);
  expect(await leases.hold('cameras.a', 'worker-2')).toBe(false);
  expect(await leases.hold('cameras.a', 'worker-1')).toBe(true);
  await leases.release('cameras.a', 'worker-1');
  expect(await leases.hold('cameras.a', 'worker-2')).toBe(true);
  await vi.waitFor(async () => expect(await leases.hold('cameras.a', 'worker-3')).toBe(true), 10_000);
});

test('renews a lease with one request, and asks first only when it is not as it was left', async () => {
  const [leases, others] = [await openLeaseStore(bus.nats, 60_000), await openLeaseStore(bus.nats, 60_000)];
  const requestsOf = async (store: typeof leases): Promise<number> => {
    const before = bus.nats.stats().outMsgs;
    expect(await store.hold('cameras.b', 'worker-1')).toBe(true);
    return bus.nats.stats().outMsgs - before;
  };
  await requestsOf(leases);
  const renewing = await requestsOf(leases);
  await requestsOf(others);

  expect(renewing).toBe(1);
  expect(await requestsOf(leases)).toBeGreaterThan(1);
  expect(await requestsOf(leases)).toBe(1);
  await others.release('cameras.b', 'worker-1');
  expect(await leases.hold('cameras.b', 'worker-2')).toBe(true);
  expect(await leases.hold('cameras.b', 'worker-1')).toBe(false);
});

test('finds the latest event of an alert by its id alone, and nothing for an unknown one', async () => {
  const event = raised('somewhere');
  await bus.appendAlertEvent(event);
  await bus.appendAlertEvent(ended(event));

  expect((await bus.latestAlertEvent(event.alertId))?.value.type).toBe('ended');
  expect(await bus.latestAlertEvent('01ARZ3NDEKTSV4RRFFQ69GZZZZ')).toBeUndefined();
});

test('gives the latest status of one camera', async () => {
  for (const connects of [1, 2]) bus.publishCameraStatus(status('latest', connects));
  await bus.nats.flush();

  expect((await bus.latestCameraStatus(place, 'latest'))?.connects).toBe(2);
  expect(await bus.latestCameraStatus(place, 'nobody')).toBeUndefined();
});

test('gathers the metrics of all that answer', async () => {
  const other = await connectBus({
    url: server.url,
    user: 'test',
    password: 'test-password',
    name: 'b',
    clock: systemClock,
    log,
    metrics,
  });
  bus.answerMetrics(async () => 'a 1\n');
  other.answerMetrics(async () => 'b 2\n');
  await other.nats.flush();

  expect((await bus.gatherMetrics()).sort()).toEqual(['a 1\n', 'b 2\n']);
  await other.close();
});

test('names the remedy when nobody answers', async () => {
  const attempt = connectBus({ url: 'nats://127.0.0.1:1', name: 'test', clock: systemClock, log, metrics });

  await expect(attempt).rejects.toMatchObject({ code: 'bus-unavailable', kind: 'unavailable' });
});

test('says so when user or password are wrong', async () => {
  const attempt = connectBus({
    url: server.url,
    user: 'test',
    password: 'no',
    name: 'test',
    clock: systemClock,
    log,
    metrics,
  });

  await expect(attempt).rejects.toMatchObject({ code: 'bus-unauthorised' });
});

const status = (cameraId: string, connects: number) => ({
  cameraId,
  place,
  workerId: 'worker-1',
  at: 1,
  state: 'live' as const,
  since: 1,
  tier: 'awake' as const,
  streamFps: 25,
  detectFps: 2,
  bitrateKbps: 500,
  clockQuality: 'rtcp' as const,
  connects,
  costCores: 0,
  ringBytes: 0,
  ringSeconds: 0,
  dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
});

test('keeps a count of crossings once however often it is sent, and only counts', async () => {
  const row = {
    ...{ countId: 'c-1', cameraId: 'gate-1', place, scenarioId: 'crossing-1', lineId: 'line-1' },
    ...{ label: 'person' as const, direction: 'forward' as const, minute: 60_000, count: 3 },
  };
  await bus.appendLineCount(row);
  await bus.appendLineCount(row);
  await bus.appendLineCount({ ...row, countId: 'c-2', count: 0 });
  await bus.appendLineCount({ ...row, countId: 'c-3' });
  const stopping = new AbortController();
  const seen: string[] = [];
  await bus.follow({
    ...{ stream: 'COUNTS' as const, from: 'all' as const, signal: stopping.signal },
    onMessage: ({ value }) => seen.push(value.countId),
    onCaughtUp: () => stopping.abort(),
  });

  expect(seen).toEqual(['c-1', 'c-3']);
});
