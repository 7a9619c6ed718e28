import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RaisedAlert } from '../../core/schema/alert.ts';
import {
  alertIdAt,
  laterEvent,
  messagesOf,
  neighbour,
  otherTownship,
  raisedAlert,
  raisedEvent,
  startAt,
  storyOf,
  trackRow,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { alertQuery, historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type History, openHistory } from './index.ts';

let options: Awaited<ReturnType<typeof historyFolder>>;
let history: History;
let serial = 0;
let sequence = 1;

beforeAll(async () => {
  options = await historyFolder();
  history = await openHistory(options);
});
afterAll(async () => {
  await history?.close();
  await options?.remove();
});

/** Each test works on a village of its own. */
let place: string;
beforeEach(() => {
  place = `43110312${String(serial++).padStart(4, '0')}`;
});

const alertAt = (raisedAt: number, facts: Partial<RaisedAlert> = {}): RaisedAlert =>
  raisedAlert({ raisedAt, alertId: alertIdAt(raisedAt, serial++), place, ...facts });

const write = async (alerts: readonly RaisedAlert[], from = history): Promise<void> => {
  const events = alerts.map(raisedEvent);
  await from.writeAlertEvents(messagesOf(events, sequence));
  sequence += events.length;
};

const idsOf = async (facts: Parameters<typeof alertQuery>[0] = {}): Promise<string[]> =>
  (await history.alerts(alertQuery({ placePrefix: place, ...facts }))).alerts.map((alert) => alert.alertId);

test('an alert comes back as its events make it', async () => {
  const alert = alertAt(startAt);
  await history.writeAlertEvents(messagesOf(storyOf(alert), 1000));

  const found = await history.alert(alert.alertId, '431103');

  expect(found).toMatchObject({ ...alert, state: 'resolved', lastSequence: 1005, endedAt: startAt + 9000 });
});

test('alerts can be asked for by their ids, within a place and nowhere else', async () => {
  const [first, second, third] = [alertAt(startAt), alertAt(startAt + 1000), alertAt(startAt + 2000)];
  const elsewhere = alertAt(startAt + 500, { place: otherTownship });
  await write([first, second, third, elsewhere]);
  const alertIds = [elsewhere, third, first].map(({ alertId }) => alertId);

  const found = await idsOf({ alertIds, from: startAt, to: startAt + 2001, limit: 3 });

  expect(found).toEqual([third.alertId, first.alertId]);
});

test('events written again, one by one and backwards, leave one row', async () => {
  const alert = alertAt(startAt);
  const messages = messagesOf(storyOf(alert), 2000);
  for (const message of [...messages].reverse()) await history.writeAlertEvents([message]);
  await history.writeAlertEvents(messages);

  const { alerts } = await history.alerts(alertQuery({ placePrefix: place }));

  expect(alerts.map(({ state, lastSequence }) => ({ state, lastSequence }))).toEqual([
    { state: 'resolved', lastSequence: 2005 },
  ]);
});

test('alerts come newest first in pages that neither repeat nor skip while new ones arrive', async () => {
  const alerts = Array.from({ length: 25 }, (_, index) => alertAt(startAt + index * 1000));
  await write(alerts);
  const seen: string[] = [];
  let olderThan: string | undefined;
  for (let page = 0; ; page++) {
    const query = alertQuery({ placePrefix: place, limit: 10, ...(olderThan ? { olderThan } : {}) });
    const found = await history.alerts(query);
    seen.push(...found.alerts.map((alert) => alert.alertId));
    await write([alertAt(startAt + 60_000 + page)]);
    if (!found.hasMore) break;
    olderThan = seen.at(-1);
  }

  expect(seen).toEqual(alerts.map((alert) => alert.alertId).reverse());
});

test('alerts raised within one millisecond are paged, too', async () => {
  const alerts = Array.from({ length: 7 }, () => alertAt(startAt));
  await write(alerts);
  const first = await idsOf({ limit: 4 });
  const second = await idsOf({ limit: 4, olderThan: first.at(-1) ?? '' });

  expect([...first, ...second]).toEqual(
    alerts
      .map((alert) => alert.alertId)
      .sort()
      .reverse(),
  );
});

test('filters narrow by scenario, kind, severity, state, camera and time', async () => {
  const plain = alertAt(startAt);
  const other = alertAt(startAt + 5000, {
    scenarioId: 'lane',
    kind: 'blockedLane',
    severity: 'low',
    cameraId: 'lane-2',
  });
  await write([plain, other]);

  expect(await idsOf({ scenarioIds: ['lane'] })).toEqual([other.alertId]);
  expect(await idsOf({ kinds: ['intrusion', 'crowd'] })).toEqual([plain.alertId]);
  expect(await idsOf({ severities: ['low'] })).toEqual([other.alertId]);
  expect(await idsOf({ cameraIds: ['gate-1', 'nowhere'] })).toEqual([plain.alertId]);
  expect(await idsOf({ states: ['raised'] })).toHaveLength(2);
  expect(await idsOf({ states: ['closed'] })).toEqual([]);
  expect(await idsOf({ from: startAt + 1 })).toEqual([other.alertId]);
  expect(await idsOf({ to: startAt + 5000 })).toEqual([plain.alertId]);
});

test('an alert outside the ground is not there', async () => {
  const here = alertAt(startAt, { place: neighbour });
  const there = alertAt(startAt, { place: otherTownship });
  await write([here, there]);

  expect(await history.alert(here.alertId, '431103110')).toMatchObject({ place: neighbour });
  expect(await history.alert(there.alertId, '431103110')).toBeUndefined();
  expect(await idsOf({ placePrefix: '431103110202' })).toEqual([here.alertId]);
});

test.each([
  "' OR 1=1 --",
  "'); DROP TABLE xueliang.alerts; --",
  "\\' UNION SELECT name FROM system.tables --",
  '{placePrefix:String}',
  '%',
  '\u0000',
  '村口\n\t',
])('regression: %j as a filter is only a text (ZoneMinder CVE-2023-26034)', async (text) => {
  await write([alertAt(startAt)]);

  expect(await idsOf({ placePrefix: text })).toEqual([]);
  expect(await idsOf({ scenarioIds: [text], cameraIds: [text] })).toEqual([]);
  expect(await history.alert(alertIdAt(startAt, 99), text)).toBeUndefined();
  expect(await history.trackCounts({ ...countQuery(), cameraIds: [text] })).toEqual([]);
  expect(await idsOf()).toHaveLength(1);
});

const countQuery = () =>
  ({
    placePrefix: place,
    from: startAt - 3_600_000,
    to: startAt + 86_400_000,
    cameraIds: [],
    labels: [],
    by: 'camera',
    bucket: 'hour',
    timezone: 'Asia/Shanghai',
    limit: 1000,
  }) as const;

test('tracks written twice count once, by camera, label and hour', async () => {
  const rows = [0, 1, 2].map((index) =>
    trackRow({ place, trackId: `t-${index}`, startedAt: startAt + index * 1_800_000 }),
  );
  rows.push(trackRow({ place, trackId: 't-9', label: 'car', cameraId: 'gate-2' }));
  await history.writeTracks(rows);
  await history.writeTracks(rows);

  expect(await history.trackCounts(countQuery())).toEqual([
    { key: 'gate-1', label: 'person', at: startAt, count: 2 },
    { key: 'gate-2', label: 'car', at: startAt, count: 1 },
    { key: 'gate-1', label: 'person', at: startAt + 3_600_000, count: 1 },
  ]);
  const days = await history.trackCounts({ ...countQuery(), by: 'place', bucket: 'day', labels: ['person'] });
  expect(days).toEqual([{ key: place, label: 'person', at: Date.UTC(2026, 0, 4, 16), count: 3 }]);
});

test('a track from the future is not kept', async () => {
  await history.writeTracks([trackRow({ place, startedAt: Date.UTC(2150, 0) })]);

  expect(await history.trackCounts({ ...countQuery(), to: Date.UTC(2200, 0) })).toEqual([]);
});

test('an alert id of no possible time is passed over and holds nothing up', async () => {
  const made = raisedAlert({ alertId: `7${'Z'.repeat(25)}`, place });
  await write([made, alertAt(startAt)]);

  expect(await idsOf()).toHaveLength(1);
  expect(await history.alert(made.alertId, place)).toBeUndefined();
});

test('one page out of ten thousand alerts is the latest hundred', async () => {
  const alerts = Array.from({ length: 10_000 }, (_, index) => alertAt(startAt + index * 1000));
  for (let start = 0; start < alerts.length; start += 500) await write(alerts.slice(start, start + 500));

  const { alerts: found, hasMore } = await history.alerts(alertQuery({ placePrefix: place, limit: 100 }));

  expect(found.map((alert) => alert.alertId)).toEqual(
    alerts
      .slice(-100)
      .map((alert) => alert.alertId)
      .reverse(),
  );
  expect(hasMore).toBe(true);
});

test('what was written is there after closing and opening again', async () => {
  const alert = alertAt(startAt, { place: village });
  await write([alert]);
  await history.close();
  await history.close();
  history = await openHistory(options);

  expect(await history.alert(alert.alertId, village)).toMatchObject({ state: 'raised' });
});

test('a closed history says so', async () => {
  const folder = await historyFolder();
  await history.close();
  const closed = await openHistory(folder);
  await closed.close();

  await expect(closed.alerts(alertQuery())).rejects.toMatchObject({ code: 'history-closed' });
  await folder.remove();
  history = await openHistory(options);
});

test('incidents are found by page, by ground and by whether they go on', async () => {
  const [first, second, third, lone] = [0, 60, 7200, 90].map((seconds) => alertAt(startAt + seconds * 1000));
  if (!first || !second || !third || !lone) throw new RangeError('four alerts');
  const elsewhere = alertAt(startAt + 30_000, {
    place: `${place.slice(0, 8)}9${place.slice(9)}`,
    severity: 'urgent',
  });
  const join = (alert: RaisedAlert, incidentId: string) => laterEvent(alert, { type: 'joined', incidentId });
  await history.writeAlertEvents(
    messagesOf(
      [
        ...[first, second, third, lone, elsewhere].map(raisedEvent),
        ...[first, second, elsewhere].map((alert) => join(alert, first.alertId)),
        join(third, third.alertId),
        ...[first, second].map((alert) => laterEvent(alert, { type: 'ended', endedAt: alert.raisedAt + 5 })),
      ],
      5000,
    ),
  );
  const query = { placePrefix: place, onlyOpen: false, limit: 1 };
  const page = await history.incidents(query);
  const next = await history.incidents({ ...query, olderThan: third.alertId });
  const open = await history.incidents({ ...query, onlyOpen: true, limit: 9 });

  expect([page, next].map(({ incidents, hasMore }) => [incidents[0]?.incidentId, hasMore])).toEqual([
    [third.alertId, true],
    [first.alertId, false],
  ]);
  expect(next.incidents[0]).toMatchObject({
    severity: 'high',
    startedAt: first.startedAt,
    endedAt: second.raisedAt + 5,
    counts: { alerts: 2, open: 0, cameras: 1 },
    members: [{ alertId: first.alertId, state: 'raised' }, { alertId: second.alertId }],
  });
  expect(open.incidents.map(({ incidentId }) => incidentId)).toEqual([third.alertId]);
  expect((await history.incident(first.alertId, place.slice(0, 8)))?.members).toHaveLength(3);
  expect(await history.incident(lone.alertId, place)).toBeUndefined();
  expect(
    (await history.alerts(alertQuery({ placePrefix: place, incidentIds: [first.alertId] }))).alerts,
  ).toHaveLength(2);
});

test('an alert that was resumed goes on, and its updates and ends are there whatever came twice', async () => {
  const alert = alertAt(startAt);
  const numbered = (what: string, event: Parameters<typeof laterEvent>[1]) => ({
    ...laterEvent(alert, event),
    eventId: `${alert.alertId}.${what}`,
  });
  const facts = { ...alert.facts, count: 9 };
  const story = [
    raisedEvent(alert),
    numbered('ended', { type: 'ended', endedAt: startAt + 10 }),
    numbered('resumed.1', { type: 'resumed', capturedAt: startAt + 20, facts }),
    numbered('updated.1', { type: 'updated', capturedAt: startAt + 30, facts: { ...facts, count: 12 } }),
  ];
  await history.writeAlertEvents(messagesOf(story, 6000));
  await history.writeAlertEvents(messagesOf(story.toReversed(), 6010));
  const going = await history.alert(alert.alertId, place);
  await history.writeAlertEvents(
    messagesOf([numbered('ended.1', { type: 'ended', endedAt: startAt + 40 })], 6020),
  );

  expect(going).toMatchObject({ resumptions: 1, updates: 1, facts: { count: 12 } });
  expect(going).not.toHaveProperty('endedAt');
  expect(await history.alert(alert.alertId, place)).toMatchObject({ endedAt: startAt + 40 });
});
