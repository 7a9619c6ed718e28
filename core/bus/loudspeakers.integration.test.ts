import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { type ConnectedBus, connectBus } from './connect-bus.ts';
import { type NatsServer, openNatsServer } from './nats-server.ts';

let folder: string;
let server: NatsServer;
let buses: ConnectedBus[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-loudspeakers-'));
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    user: 'test',
    password: 'test-password',
  });
  const connect = (name: string) =>
    connectBus({
      ...{ url: server.url, user: 'test', password: 'test-password', name },
      ...{ clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() },
    });
  buses = await Promise.all(['api-1', 'alerts-1', 'alerts-2'].map(connect));
});

afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const command = () =>
  buses[0]?.commandLoudspeaker({
    ...{ commandId: randomUUID(), loudspeakerId: 'pond-1', recording: 'keep-off', by: 'wang' },
  });

test('one of several roles speaks for each command; without a role nothing is said', async () => {
  expect(await command()).toBeUndefined();
  const spoken: string[] = [];
  const forget = buses.slice(1).map((bus) =>
    bus.answerLoudspeakers(async ({ commandId }) => {
      spoken.push(commandId);
      return { commandId, at: 1, outcome: 'accepted' };
    }),
  );
  await Promise.all(buses.map((bus) => bus.nats.flush()));

  const told = await Promise.all(Array.from({ length: 10 }, command));

  expect(told.map((answer) => answer?.outcome)).toEqual(Array.from({ length: 10 }, () => 'accepted'));
  expect(spoken.toSorted()).toEqual(told.map((answer) => answer?.commandId ?? '').toSorted());
  for (const end of forget) end();
});
