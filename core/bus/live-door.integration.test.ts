import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { type ConnectedBus, connectBus } from './connect-bus.ts';
import { openLinkKey } from './link-key.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';

const sign = { user: 'test', password: 'test-password' };
let folder: string;
let server: NatsServer;
let worker: ConnectedBus;
let asker: ConnectedBus;

const connectAs = (name: string): Promise<ConnectedBus> =>
  connectBus({
    url: server.url,
    ...sign,
    name,
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
  });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-door-'));
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    ...sign,
  });
  [worker, asker] = await Promise.all([connectAs('worker'), connectAs('asker')]);
});

afterAll(async () => {
  await Promise.all([worker?.close(), asker?.close()]);
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test('says where a camera is shown as long as a worker holds it', async () => {
  const door = { url: 'http://127.0.0.1:4711', token: 'once' };
  const stop = worker.answerLiveDoor('gate-1', () => door);
  await worker.nats.flush();

  expect(await asker.liveDoor('gate-1')).toEqual(door);
  expect(await asker.liveDoor('gate-2')).toBeUndefined();
  stop();
  await worker.nats.flush();
  expect(await asker.liveDoor('gate-1')).toBeUndefined();
});

test('refuses an answer that is no door', async () => {
  const stop = worker.answerLiveDoor('gate-3', () => ({ url: 'file:///etc/passwd', token: 'x' }));
  await worker.nats.flush();

  await expect(asker.liveDoor('gate-3')).rejects.toMatchObject({ code: 'door-unreadable' });
  stop();
});

test('all who sign links have the same key, whoever is first', async () => {
  const keys = await Promise.all([worker, asker, worker].map((bus) => openLinkKey(bus.nats)));

  expect(keys[0]).toHaveLength(32);
  expect(keys[1]).toEqual(keys[0]);
  expect(keys[2]).toEqual(keys[0]);
});
