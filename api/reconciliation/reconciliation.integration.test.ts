import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openOutbox, readJournals } from '../../alerts/index.ts';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { alertIdAt, messagesOf, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type History, openHistory } from '../history/index.ts';
import { openReconciliation } from './open-reconciliation.ts';

const confPath = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
const account = { user: 'test', password: 'test-password' };
const hour = 3_600_000;
let surroundings: Awaited<ReturnType<typeof historyFolder>>;
let server: NatsServer;
let bus: ConnectedBus;
let history: History;
let outboxes: string;
/** What the stream has is counted from when it came there, so spans lie a little before now. */
let now: number;
let serial = 0;

beforeAll(async () => {
  surroundings = await historyFolder();
  now = Math.floor(surroundings.clock.now());
  const { folder } = surroundings;
  outboxes = path.join(folder, 'outbox');
  server = await openNatsServer({
    ...{ confPath, dataFolder: path.join(folder, 'nats'), runFolder: path.join(folder, 'run') },
    ...{ maxStoreBytes: 1024 ** 3, ...account },
  });
  bus = await connectBus({ url: server.url, ...account, name: 'test', ...surroundings });
  await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: hour });
  history = await openHistory(surroundings);
  bus.answerOutboxes((span) => readJournals(outboxes, span));
});
afterAll(async () => {
  await history?.close();
  await bus?.close();
  await server?.close();
  await surroundings?.remove();
});

/** Three alerts of one minute, each minute another test's. */
const threeAlerts = (): { span: { from: number; to: number }; events: AlertEvent[]; ids: string[] } => {
  const from = now - 2 * hour + serial++ * 60_000;
  const events = [1, 2, 3].map((number) => {
    const raisedAt = from + number * 1000;
    return raisedEvent(raisedAlert({ raisedAt, alertId: alertIdAt(raisedAt, serial * 10 + number) }));
  });
  return { span: { from, to: from + 60_000 }, events, ids: events.map(({ alertId }) => alertId) };
};

/** The outbox began to write down hours ago. */
const clock = new SimulatedClock(0);
const putAll = async (
  events: readonly AlertEvent[],
  target: Pick<ConnectedBus, 'appendAlertEvent'> = bus,
) => {
  const folder = path.join(outboxes, 'worker-1');
  const outbox = await openOutbox({ ...surroundings, folder, bus: target, clock });
  for (const event of events) await outbox.put(event);
  await outbox.drain(AbortSignal.timeout(10_000));
  await outbox.close();
};

const subscribe = async (durable: string, isWanted: (event: AlertEvent) => boolean) => {
  const stop = new AbortController();
  const seen = new Set<string>();
  const reading = bus.consume({
    ...{ stream: 'ALERTS', durable, maxBatch: 1, maxWaitMs: 5, signal: stop.signal },
    onBatch: async ([message]) => {
      if (message && !isWanted(message.value)) throw new Error('not taken');
      if (message) seen.add(message.value.alertId);
    },
  });
  const end = (): Promise<void> => {
    stop.abort();
    return reading;
  };
  return { seen, stop: end };
};

const reconcile = async (span: { from: number; to: number }) => {
  const reconciler = openReconciliation({ bus, history, ...surroundings });
  const found = await reconciler.run(span);
  await reconciler.close();
  return found;
};

test('four sources that have the same alerts are equal', async () => {
  const { span, events } = threeAlerts();
  await putAll(events);
  await history.writeAlertEvents(messagesOf(events));

  const found = await reconcile(span);
  expect(found).toMatchObject({ isEqual: true, differing: 0, problems: [], waiting: 0 });
  expect(found.sources.map(({ source, count, expected }) => [source, count, expected])).toEqual([
    ['outbox', 3, 3],
    ['stream', 3, 3],
    ['history', 3, 3],
  ]);
  expect(new Set(found.sources.map(({ digest }) => digest)).size).toBe(1);
});

test('an alert that is taken out of an outbox’s journal is found', async () => {
  const { span, events, ids } = threeAlerts();
  await putAll(events);
  await history.writeAlertEvents(messagesOf(events));
  const folder = path.join(outboxes, 'worker-1', 'journal');
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.log'))) {
    const lines = (await readFile(path.join(folder, name), 'utf8')).split('\n');
    await writeFile(
      path.join(folder, name),
      lines.filter((line) => !line.startsWith(ids[1] ?? '-')).join('\n'),
    );
  }

  const found = await reconcile(span);
  expect(found.isEqual).toBe(false);
  expect(found.differences).toEqual([{ alertId: ids[1], cameraId: 'gate-1', missingFrom: ['outbox'] }]);
});

test('an alert that is taken out of the stream is found', async () => {
  const { span, events, ids } = threeAlerts();
  const loses = {
    appendAlertEvent: (event: AlertEvent) =>
      event.alertId === ids[1]
        ? Promise.resolve({ sequence: 1, isDuplicate: false })
        : bus.appendAlertEvent(event),
  };
  await putAll(events, loses);
  await history.writeAlertEvents(messagesOf(events));

  expect((await reconcile(span)).differences).toEqual([
    { alertId: ids[1], cameraId: 'gate-1', missingFrom: ['stream'] },
  ]);
});

test('an alert that is taken out of the history is found', async () => {
  const { span, events, ids } = threeAlerts();
  await putAll(events);
  await history.writeAlertEvents(messagesOf(events.filter(({ alertId }) => alertId !== ids[1])));

  expect((await reconcile(span)).differences).toEqual([
    { alertId: ids[1], cameraId: 'gate-1', missingFrom: ['history'] },
  ]);
});

test('an alert that a subscriber has not acknowledged is found', async () => {
  const { span, events, ids } = threeAlerts();
  await putAll(events);
  await history.writeAlertEvents(messagesOf(events));
  const reader = await subscribe('township', ({ alertId }) => alertId !== ids[2]);
  await vi.waitFor(() => expect(reader.seen.has(ids[1] ?? '')).toBe(true), { timeout: 10_000 });

  await vi.waitFor(
    async () =>
      expect((await reconcile(span)).differences).toEqual([
        { alertId: ids[2], cameraId: 'gate-1', missingFrom: ['subscriber township'] },
      ]),
    { timeout: 20_000 },
  );
  await reader.stop();
}, 40_000);
