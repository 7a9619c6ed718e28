import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConnectedBus, connectBus, ensureStreams } from '../bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../bus/nats-server.ts';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import type { AuditRecord } from '../schema/audit.ts';
import { createAuditLog } from './audit-log.ts';
import { ChainCheck } from './chain.ts';

let folder: string;
let server: NatsServer;
let buses: ConnectedBus[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-audit-'));
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    user: 'test',
    password: 'test-password',
  });
  const log = createLogger({ level: 'silent' });
  const connect = (name: string) =>
    connectBus({
      ...{ url: server.url, user: 'test', password: 'test-password', name },
      ...{ clock: systemClock, log, metrics: createMetrics() },
    });
  buses = await Promise.all(['api-1', 'api-2', 'alerts-1'].map(connect));
  const limits = { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 };
  if (buses[0]) await ensureStreams(buses[0].nats, limits);
});

afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('what several processes write at once is one chain, in which nothing is lost', async () => {
  const [first] = buses;
  if (!first) throw new TypeError('no bus');
  const logs = buses.map((bus) => createAuditLog({ bus, clock: systemClock }));
  const asked = logs.flatMap((log, who) =>
    Array.from({ length: 20 }, (_, index) =>
      log.record({ who: `role-${who}`, what: 'evidenceSeen', target: `alerts/${index}/clip` }),
    ),
  );
  await Promise.all(asked);

  const records: AuditRecord[] = [];
  const reading = new AbortController();
  await first.follow({
    ...{ stream: 'AUDIT', from: 'all', signal: reading.signal },
    onMessage: ({ value }) => {
      records.push(value);
      if (records.length === 60) reading.abort();
    },
  });

  const check = new ChainCheck([]);
  for (const record of records) check.take(record);
  expect(check.end()).toMatchObject({ head: { number: 60 }, fault: undefined });
  const own = records.filter(({ entry }) => entry.who === 'role-1').map(({ entry }) => entry.target);
  expect(own).toEqual(Array.from({ length: 20 }, (_, index) => `alerts/${index}/clip`));
});
