import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Handover } from '../schema/handover.ts';
import { type ConnectedBus, connectBus, ensureStreams } from './connect-bus.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';

let folder: string;
let server: NatsServer;
let bus: ConnectedBus;

const open = async (): Promise<void> => {
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    user: 'test',
    password: 'test-password',
  });
  bus = await connectBus({
    ...{ url: server.url, user: 'test', password: 'test-password', name: 'api-1' },
    ...{ clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() },
  });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
};
const close = async (): Promise<void> => {
  await bus.close();
  await server.close();
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-handovers-'));
  await open();
});

afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

const handover = (ground: string, serial: number): Handover => ({
  ...{ schemaVersion: 1, handoverId: `01KE67FDM0ZVNPVT4F41N4E9V${serial}`, at: 1, by: 'wang' },
  ...{ ground, text: '一切正常', openAlerts: [], isTruncated: false },
});

test('notes are found on their ground and above it, once each, also after the server was restarted', async () => {
  const grounds = ['431103110', '431103110201', '431103111'];
  for (const [serial, ground] of grounds.entries()) await bus.appendHandover(handover(ground, serial));
  await bus.appendHandover(handover('431103110', 0));
  await close();
  await open();

  const groundsFrom = async (ground: string) =>
    (await bus.handoversOf(ground, 0)).map(({ value }) => value.ground);

  expect(await groundsFrom('431103110')).toEqual(['431103110', '431103110201']);
  expect(await groundsFrom('431103110201')).toEqual(['431103110201']);
  expect(await groundsFrom('4312')).toEqual([]);
});
