import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOutbox, type WorkerOutbox } from '../../alerts/index.ts';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { Action } from '../../core/schema/action.ts';
import type { Alert, AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import type { Site } from '../../core/schema/site.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { gatewayPassword, pondSite, webhookSecret } from '../fixtures/alerts/acting-role.ts';
import { type AlertsRole, cameraAt, startAlertsRole } from '../fixtures/alerts/alerts-role.ts';
import { openRecordedGateway, type RecordedGateway } from '../fixtures/alerts/recorded-gateway.ts';
import { WatchedTown } from '../fixtures/alerts/watched-town.ts';
import { alertIdAt, raisedAlert, raisedEvent } from '../fixtures/api/alert-events.ts';

const log = createLogger({ level: 'silent' });
const metrics = createMetrics();
const both: Action[] = [
  { do: 'talkDown', loudspeakers: ['pond-1'], recording: 'keep-off' },
  { do: 'webhook', webhook: 'county' },
];
const jam: Partial<Site> = {
  cameras: [cameraAt('gate-1')],
  scenarios: [
    {
      id: 'jam',
      kind: 'composite',
      name: '拥堵',
      places: ['4311'],
      severity: 'high',
      parts: [{ scenarios: ['crowd'] }, { scenarios: ['obstacle'] }],
      within: '5m',
    },
  ],
};

/** The alerts role on a real bus with an outbox of its own, ended and started again at every turn. */
describe('alerts role', () => {
  let folder: string;
  let server: NatsServer;
  let bus: ConnectedBus;
  let gateway: RecordedGateway;
  let role: AlertsRole | undefined;
  let outbox: WorkerOutbox | undefined;
  let serial = 0;

  const openServer = async (port?: number): Promise<void> => {
    server = await openNatsServer({
      confPath: path.join(repositoryRoot, 'deploy/nats/nats-server.conf'),
      dataFolder: path.join(folder, 'nats'),
      runFolder: path.join(folder, 'run'),
      maxStoreBytes: 1024 ** 3,
      user: 'test',
      password: 'test-password',
      ...(port === undefined ? {} : { port }),
    });
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'xueliang-alerts-'));
    gateway = await openRecordedGateway();
    await openServer();
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
  afterEach(async () => {
    await stop();
    await gateway.close();
    await bus.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (site: Partial<Site>, change: object = {}): Promise<void> => {
    await stop();
    outbox = await openOutbox({ folder: path.join(folder, 'outbox'), bus, clock: systemClock, log, metrics });
    role = await startAlertsRole({
      ...{ bus, outbox, clock: systemClock, site: () => site },
      credentials: { county: { password: webhookSecret }, gateway: { password: gatewayPassword } },
      ...change,
    });
  };
  const stop = async (): Promise<void> => {
    await role?.close();
    await outbox?.close();
    role = undefined;
    outbox = undefined;
  };
  const raise = async (facts: Partial<RaisedAlert> = {}): Promise<RaisedAlert> => {
    const raisedAt = systemClock.now();
    const alert = raisedAlert({
      ...{ alertId: alertIdAt(raisedAt, ++serial), raisedAt, startedAt: raisedAt },
      ...{ kind: 'waterside', scenarioId: 'pond' },
      ...facts,
    });
    await bus.appendAlertEvent(raisedEvent(alert));
    return alert;
  };
  const stored = async (type: AlertEvent['type']): Promise<AlertEvent[]> =>
    (await bus.alertEventsOf('gate-1')).map(({ value }) => value).filter((event) => event.type === type);
  const storedSoon = (type: AlertEvent['type'], count: number): Promise<void> =>
    vi.waitFor(async () => expect(await stored(type)).toHaveLength(count), 20_000);
  const find = ({ alertId }: RaisedAlert): Alert | undefined => role?.lifecycle.find(alertId);

  it('does each action once for each alert, however often it is restarted', async () => {
    const site = pondSite(gateway.url, both);
    await start(site);
    await raise();
    await storedSoon('acted', 2);
    await start(site);
    await raise();
    await storedSoon('acted', 4);
    await start(site);
    await raise();
    await storedSoon('acted', 6);

    const keys = gateway.requests.map(
      ({ path: to, headers }) => `${to} ${headers['idempotency-key'] ?? headers['webhook-id']}`,
    );
    expect(keys).toHaveLength(6);
    expect(new Set(keys).size).toBe(6);
  });

  it('repeats under the same key what it was killed over before it could write it down', async () => {
    const site = pondSite(gateway.url, both.slice(1));
    await start(site, { outbox: { put: () => new Promise(() => undefined), waiting: () => [] } });
    const alert = await raise();
    await vi.waitFor(() => expect(gateway.requests).toHaveLength(1));
    await start(site);
    await storedSoon('acted', 1);

    expect(gateway.requests.map(({ headers }) => headers['webhook-id'])).toEqual([
      `${alert.alertId}.webhook.county`,
      `${alert.alertId}.webhook.county`,
    ]);
  });

  it('does not forget what it did while the bus was away', async () => {
    const site = pondSite(gateway.url, both.slice(1));
    await start(site);
    gateway.answer = () => 'silence';
    const alert = await raise();
    await vi.waitFor(() => expect(gateway.requests).toHaveLength(1));
    const { port } = new URL(server.url);
    await server.close();
    gateway.answer = () => 200;
    await vi.waitFor(() => expect(outbox?.pending).toBe(1), 20_000);
    await openServer(Number(port));
    await storedSoon('acted', 1);
    await start(site);
    await raise();
    await storedSoon('acted', 2);

    expect(find(alert)?.actions).toHaveLength(1);
    const ids = gateway.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids.filter((id) => String(id).startsWith(alert.alertId))).toHaveLength(2);
  });

  it('knows after a restart how often a loudspeaker has spoken', async () => {
    const site = pondSite(gateway.url, [{ ...both[0], perHour: 2 } as Action]);
    await start(site);
    await raise();
    await raise();
    await storedSoon('acted', 2);
    await start(site);
    const third = await raise();
    await storedSoon('acted', 3);

    expect(find(third)?.actions).toMatchObject([{ outcome: 'hourly-limit' }]);
    expect(gateway.requests).toHaveLength(2);
  });

  it('raises a composite alert once, though two put it together at the same time', async () => {
    await start(jam);
    const other = await startAlertsRole({ bus, clock: systemClock, site: () => jam });
    await raise({ scenarioId: 'crowd', kind: 'crowd' });
    await raise({ scenarioId: 'obstacle', kind: 'roadObstacle' });
    await storedSoon('raised', 3);
    await other.close();
    await start(jam);
    await raise({ scenarioId: 'elsewhere' });
    await storedSoon('raised', 4);

    const composites = (await stored('raised')).filter(
      (event) => event.type === 'raised' && event.alert.kind === 'composite',
    );
    expect(composites).toHaveLength(1);
  });

  it('goes on with the alert about a village’s cameras after a restart, and ends it', async () => {
    const clock = new SimulatedClock(systemClock.now());
    const cameras = ['gate-1', 'gate-2', 'gate-3', 'gate-4'].map((id) => cameraAt(id));
    const site: Partial<Site> = {
      cameras,
      scenarios: [
        { id: 'health', kind: 'cameraHealth', name: '视频质量', places: ['4311'], severity: 'low' },
      ],
    };
    const town = new WatchedTown(bus, clock, cameras);
    /** Statuses travel over the real bus, so each is awaited before time goes on. */
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 5000) {
        await town.pass(5000);
        await bus.nats.flush();
        await bus.probe();
      }
    };
    await start(site, { clock });
    await pass(20_000);
    town.say(['gate-1', 'gate-2', 'gate-3'], { state: 'lost' });
    await pass(75_000);
    await storedSoon('raised', 1);

    await start(site, { clock });
    await pass(100_000);
    town.say(['gate-1', 'gate-2', 'gate-3'], { state: 'live' });
    await pass(30_000);
    await storedSoon('ended', 1);

    expect(await stored('raised')).toMatchObject([{ alert: { facts: { cameras: 3, limitCameras: 4 } } }]);
    expect((await bus.alertEventsOf('gate-2')).length).toBe(0);
  });
});
