import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { type ConnectedBus, connectBus, ensureStreams } from './connect-bus.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';

let folder: string;
let server: NatsServer;
let bus: ConnectedBus;

/** The least that JetStream lets the alerts have; a few hundred events fill it. */
const quotaBytes = 256 * 1024;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-full-'));
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

const place = '431103110201';
const idOf = (serial: number): string => `01ARZ3NDEKTSV4RRFFQ6${String(serial).padStart(6, '0')}`;

const append = (serial: number) =>
  bus.appendAlertEvent({
    schemaVersion: 1,
    eventId: `${idOf(serial)}.ended`,
    alertId: idOf(serial),
    cameraId: 'gate',
    place,
    at: serial,
    type: 'mediaMissing',
    medium: 'clip',
    reason: 'x'.repeat(200),
  });

test('a full alert stream refuses what is new and forgets nothing old', async () => {
  let refused: unknown;
  let taken = 0;
  for (; taken < 5000 && refused === undefined; taken++) {
    refused = await append(taken).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  expect(refused).toMatchObject({ code: 'bus-full', kind: 'exhausted' });
  expect((await bus.alertEventsOf('gate')).map(({ value }) => value.at)[0]).toBe(0);
});

test('a full track stream drops the oldest and goes on', async () => {
  const row = (serial: number) => ({
    trackId: `gate-${serial}`,
    cameraId: 'gate',
    place,
    label: 'person' as const,
    startedAt: serial,
    endedAt: serial,
    frames: 1,
    bestScore: 1,
    path: Array.from({ length: 64 }, (): [number, number] => [0.1234, 0.5678]),
  });

  for (let serial = 0; serial < 300; serial++) await bus.appendTracks({ place, rows: [row(serial)] });

  const { bytes, maxBytes } = await bus.streamUsage('TRACKS');
  expect(bytes).toBeLessThanOrEqual(maxBytes);
  expect(bytes).toBeGreaterThan(maxBytes / 2);
});
