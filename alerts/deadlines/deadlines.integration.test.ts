import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { startAlertsRole } from '../../test/fixtures/alerts/alerts-role.ts';
import { alertIdAt, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';

let folder: string;
let server: NatsServer;
let bus: ConnectedBus;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-deadlines-'));
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    user: 'test',
    password: 'test-password',
  });
  bus = await connectBus({
    ...{ url: server.url, user: 'test', password: 'test-password', name: 'alerts-1' },
    ...{ clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() },
  });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
});

afterAll(async () => {
  await bus.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const site = {
  site: {
    ...{ id: 'caishi', name: '蔡市镇', place: '431103110', allowedNetworks: ['127.0.0.0/8'] },
    deadlines: [{}],
  },
};

test('two roles at once, and one that was started again, hand an alert up once for each deadline', async () => {
  const now = systemClock.now();
  const clock = new SimulatedClock(now);
  const alert = raisedAlert({ alertId: alertIdAt(now), raisedAt: now });
  await bus.appendAlertEvent(raisedEvent(alert));
  const escalatedTo = async () =>
    (await bus.eventsOfAlert(alert.alertId)).flatMap(({ value }) =>
      value.type === 'escalated' ? [value.to] : [],
    );
  const start = () => startAlertsRole({ bus, clock, site: () => site });

  const roles = [await start(), await start()];
  await clock.advance(61_000);
  await vi.waitFor(async () => expect(await escalatedTo()).toEqual(['431103110']), 10_000);
  await Promise.all(roles.map((role) => role.close()));
  await clock.advance(120_000); // the second deadline passes while nobody is there
  const again = await start();
  await clock.advance(2000);
  await vi.waitFor(async () => expect(await escalatedTo()).toEqual(['431103110', '431103']), 10_000);
  await vi.waitFor(() => expect(again.lifecycle.find(alert.alertId)?.actions).toHaveLength(2), 10_000);
  await again.close();
});
