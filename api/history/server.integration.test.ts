import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../../core/log.ts';
import {
  alertIdAt,
  messagesOf,
  raisedAlert,
  startAt,
  storyOf,
  trackRow,
} from '../../test/fixtures/api/alert-events.ts';
import { openClickhouseFront } from '../../test/fixtures/api/clickhouse-front.ts';
import { alertQuery, historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type History, openHistory } from './index.ts';

const password = 'p@ss/w:rd';
let options: Awaited<ReturnType<typeof historyFolder>>;
let front: Awaited<ReturnType<typeof openClickhouseFront>>;
let history: History;
let logged = '';
let serial = 0;
let place: string;

beforeAll(async () => {
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      logged += chunk;
      done();
    },
  });
  options = { ...(await historyFolder()), log: createLogger({ level: 'trace', destination }) };
  front = await openClickhouseFront(options.folder, 'xueliang', password);
  history = await openHistory({ ...options, url: urlWith(password) });
});
afterAll(async () => {
  await history?.close();
  await front?.close();
  await options?.remove();
});
beforeEach(() => {
  front.seen.isDown = false;
  place = `43110312${String(serial++).padStart(4, '0')}`;
});

const urlWith = (secret: string): string => {
  const url = new URL(front.url);
  url.password = encodeURIComponent(secret);
  return url.href;
};

test('alerts and tracks are written and read over HTTP', async () => {
  const alert = raisedAlert({ place, cameraName: '村口\'s \\ "1"\n\t' });
  await history.writeAlertEvents(messagesOf(storyOf(alert)));
  await history.writeAlertEvents(messagesOf(storyOf(alert)));
  await history.writeTracks([trackRow({ place })]);

  const { alerts } = await history.alerts(alertQuery({ placePrefix: place, severities: ['high', 'low'] }));
  const counts = await history.trackCounts({
    ...{ placePrefix: place, from: startAt, to: startAt + 1, cameraIds: ['gate-1'], labels: ['person'] },
    ...{ by: 'camera', bucket: 'all', timezone: 'UTC', limit: 10 },
  });

  expect(alerts).toEqual([expect.objectContaining({ ...alert, state: 'resolved', lastSequence: 6 })]);
  expect(counts).toEqual([{ key: 'gate-1', label: 'person', at: startAt, count: 1 }]);
  expect(front.seen.parameters).toBeGreaterThan(20);
  expect(history.status()).toMatchObject({ backend: 'server', isReachable: true });
});

test('a batch of five hundred alerts is looked up in URLs a server takes', async () => {
  const alerts = Array.from({ length: 500 }, (_, index) =>
    raisedAlert({ place, raisedAt: startAt + index, alertId: alertIdAt(startAt + index, 1000 + index) }),
  );
  await history.writeAlertEvents(
    messagesOf(
      alerts.flatMap((alert) => storyOf(alert).slice(0, 2)),
      100,
    ),
  );

  const found = await history.alerts(alertQuery({ placePrefix: place, limit: 500 }));

  expect(found.alerts).toHaveLength(500);
});

test.each([
  "' OR 1=1 --",
  "\\'); DROP TABLE xueliang.alerts; --",
  '{limit:UInt32}',
  '\\N',
  "['a']",
  '\u0000\n',
])('regression: %j as a filter is only a text over HTTP, too (WVP CVE-2026-4597)', async (text) => {
  await history.writeAlertEvents(
    messagesOf(storyOf(raisedAlert({ place, alertId: alertIdAt(startAt, serial) }))),
  );

  const hostile = alertQuery({ placePrefix: place, scenarioIds: [text, 'x'], cameraIds: [text] });

  expect((await history.alerts(hostile)).alerts).toEqual([]);
  expect((await history.alerts(alertQuery({ placePrefix: text }))).alerts).toEqual([]);
  expect((await history.alerts(alertQuery({ placePrefix: place }))).alerts).toHaveLength(1);
});

test('a refused password is an outage of ours, and neither error nor log shows it', async () => {
  const opening = openHistory({ ...options, url: urlWith('wrong-secret') });

  await expect(opening).rejects.toMatchObject({ code: 'history-unauthorised', kind: 'unavailable' });
  await expect(opening).rejects.not.toMatchObject({ message: expect.stringMatching(/wrong-secret|p@ss/) });
  expect(logged).toContain('history open');
  expect(logged).not.toMatch(/p@ss|p%40ss|wrong-secret/);
});

test('a server that hangs up or is gone is unavailable', async () => {
  front.seen.isDown = true;

  await expect(history.alerts(alertQuery())).rejects.toMatchObject({ code: 'history-unavailable' });
  await expect(openHistory({ ...options, url: 'http://127.0.0.1:9' })).rejects.toMatchObject({
    code: 'history-unavailable',
  });
});
