import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { type ConnectedBus, connectBus, ensureStreams } from './connect-bus.ts';
import { measureStreams } from './measure-streams.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';
import { ensureFeeds } from './subscriber-feeds.ts';

let folder: string;
let server: NatsServer;
let bus: ConnectedBus;
const quotaBytes = 256 * 1024 ** 2;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-usage-'));
  const sign = { user: 'test', password: 'test-password' };
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    ...sign,
  });
  const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  bus = await connectBus({ url: server.url, ...sign, name: 'test', ...deps });
  await ensureStreams(bus.nats, { quotaBytes, tracksMaxAgeMs: 3_600_000 });
});
afterAll(async () => {
  await bus?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const streamOf = async (name: string) =>
  (await measureStreams(bus.nats)).find((stream) => stream.name === name);

test('an empty stream has a size, an age and what it does when full', async () => {
  expect(await streamOf('TRACKS')).toEqual({
    ...{ name: 'TRACKS', messages: 0, bytes: 0, maxBytes: Math.floor(quotaBytes * 0.1) },
    ...{ maxAgeMs: 3_600_000, whenFull: 'forgets', lastSequence: 0, consumers: [] },
  });
});

test('who reads under a name of their own is told with how far behind they are', async () => {
  await ensureFeeds(bus.nats, [{ id: 'county', ground: '431103110' }], Date.now());
  const before = Date.now();
  await bus.appendAlertEvent({
    ...{ schemaVersion: 1, eventId: '01ARZ3NDEKTSV4RRFFQ6000001.ended', cameraId: 'gate' },
    ...{ alertId: '01ARZ3NDEKTSV4RRFFQ6000001', place: '431103110201', at: 1 },
    ...{ type: 'mediaMissing', medium: 'clip', reason: 'x' },
  });
  const alerts = await streamOf('ALERTS');

  expect(alerts).toMatchObject({ messages: 1, lastSequence: 1, whenFull: 'refuses', maxAgeMs: 0 });
  expect(alerts?.bytes).toBeGreaterThan(100);
  expect(alerts?.lastAt).toBeGreaterThanOrEqual(before - 1000);
  expect(alerts?.consumers).toEqual([
    { name: 'feed-county', pending: 1, unacknowledged: 0, redelivered: 0, sequence: 0 },
  ]);
});
