import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Kvm } from '@nats-io/kv';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { type CameraNormals, hoursOfWeek } from '../schema/normals.ts';
import { type ConnectedBus, connectBus } from './connect-bus.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';
import { type FollowedNormals, followNormals, openNormalsStore } from './normals-store.ts';

const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const account = { user: 'test', password: 'test-password' };
const confPath = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
let folder: string;
let server: NatsServer;
let bus: ConnectedBus;
let followed: FollowedNormals | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-normals-'));
  server = await openNatsServer({
    ...{ confPath, dataFolder: path.join(folder, 'nats'), runFolder: path.join(folder, 'run') },
    ...{ maxStoreBytes: 1024 ** 3, ...account },
  });
  bus = await connectBus({ url: server.url, ...account, name: 'test', ...deps });
});
afterEach(async () => {
  await followed?.close();
  followed = undefined;
});
afterAll(async () => {
  await bus?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const hours = (value: number | null) => new Array<number | null>(hoursOfWeek).fill(value);
const normalsOf = (cameraId: string, watchedDays = 20): CameraNormals => ({
  ...{ schemaVersion: 1, cameraId, computedAt: 1, timezone: 'Asia/Shanghai', watchedDays },
  labels: [{ label: 'car', low: hours(2), high: hours(null) }],
});

test('a follower has what was there before it, hears of changes, and forgets what is removed', async () => {
  const store = await openNormalsStore(bus.nats);
  await store.put(normalsOf('early-1'));
  followed = followNormals(bus.nats, deps);
  const { of } = followed;

  await vi.waitFor(() => expect(of('early-1')).toEqual(normalsOf('early-1')));
  await store.put(normalsOf('early-1', 21));
  await store.put(normalsOf('late-2'));
  await vi.waitFor(() => expect([of('early-1')?.watchedDays, of('late-2')?.watchedDays]).toEqual([21, 20]));
  await store.remove('early-1');

  await vi.waitFor(() => expect(of('early-1')).toBeUndefined());
  expect(await store.cameraIds()).toEqual(['late-2']);
});

test('a follower passes over what it cannot read, and counts it', async () => {
  followed = followNormals(bus.nats, deps);
  const kv = await new Kvm(bus.nats).open('NORMALS');
  await kv.put('odd-3', '{"schemaVersion":2}');
  await kv.put('odd-4', 'no JSON');
  await (await openNormalsStore(bus.nats)).put(normalsOf('even-5'));

  await vi.waitFor(() => expect(followed?.of('even-5')).toBeDefined());
  expect(followed.of('odd-3')).toBeUndefined();
  expect(followed.of('odd-4')).toBeUndefined();
  expect(await deps.metrics.text()).toContain('xueliang_bus_damaged_normals_total 2');
});
