import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock as clock } from '../../core/runtime/clock.ts';
import type { RaisedAlert } from '../../core/schema/alert.ts';
import { alertIdAt, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { TestResources } from '../../test/fixtures/api/test-api.ts';
import { createLifecycle } from '../lifecycle/lifecycle.ts';
import { createIncidents } from './incidents.ts';

const deps = { clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const login = { user: 'test', password: 'test-password' };
let folder: string;
let server: NatsServer;
let bus: ConnectedBus;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-incidents-'));
  server = await openNatsServer({
    confPath: path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    ...login,
  });
  bus = await connectBus({ url: server.url, name: 'test', ...login, ...deps });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
});

afterAll(async () => {
  await bus?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The alerts role, as far as incidents go. */
const startRole = async () => {
  const lifecycle = createLifecycle({ bus, ...deps });
  const incidents = createIncidents({ bus, resources: new TestResources(), ...deps });
  lifecycle.onEvent((message) => incidents.take(message));
  await lifecycle.start();
  incidents.start();
  return {
    lifecycle,
    close: async () => {
      await incidents.close();
      await lifecycle.close();
    },
  };
};

const alertAt = (at: number, serial: number): RaisedAlert =>
  raisedAlert({ alertId: alertIdAt(at, serial), raisedAt: at, startedAt: at, capturedAt: at });

test('says once on the bus what belongs together, and the same after a restart', async () => {
  const now = clock.now();
  const alerts = [alertAt(now - 9000, 1), alertAt(now - 6000, 2), alertAt(now - 3000, 3)];
  const [first, second, third] = alerts.map(({ alertId }) => alertId);
  const before = await startRole();
  for (const alert of alerts.slice(0, 2)) await bus.appendAlertEvent(raisedEvent(alert));
  await vi.waitFor(() => expect(before.lifecycle.find(second ?? '')?.incidentId).toBe(first));
  await before.close();
  for (const alert of alerts.slice(2)) await bus.appendAlertEvent(raisedEvent(alert));

  const after = await startRole();
  await vi.waitFor(() => expect(after.lifecycle.find(third ?? '')?.incidentId).toBe(first));
  await after.close();

  const said = (await bus.alertEventsOf('gate-1')).map(({ value }) => value);
  expect(said.flatMap(({ type, eventId }) => (type === 'joined' ? [eventId] : []))).toEqual(
    [first, second, third].map((id) => `${id}.joined.${first}`),
  );
});
