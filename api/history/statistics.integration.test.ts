import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AlertState, RaisedAlert } from '../../core/schema/alert.ts';
import type { Severity } from '../../core/schema/severity.ts';
import {
  alertIdAt,
  laterEvent,
  messagesOf,
  raisedAlert,
  raisedEvent,
  startAt,
} from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import {
  type History,
  openHistory,
  type ResponseQuery,
  type ResponseRule,
  type SeriesQuery,
} from './index.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
let options: Awaited<ReturnType<typeof historyFolder>>;
let history: History;
let serial = 0;
let sequence = 0;

beforeAll(async () => {
  options = await historyFolder();
  history = await openHistory({ ...options, clock: new SimulatedClock(startAt), alertRetentionMs: 40 * day });
});
afterAll(async () => {
  await history?.close();
  await options?.remove();
});

/** Each test works on a township of its own. */
let township: string;
beforeEach(() => {
  township = `431103${String(200 + serial++)}`;
});

type Step = [state: AlertState, afterMs: number, reason?: 'animal' | 'weather'];

/** An alert in village 201 of the test's township, and what was done about it when. */
const write = async (steps: readonly Step[], change: Partial<RaisedAlert> = {}): Promise<void> => {
  const raisedAt = change.raisedAt ?? startAt;
  const alertId = alertIdAt(raisedAt, 1000 + serial++);
  const alert = raisedAlert({ place: `${township}201`, ...change, raisedAt, alertId });
  const events = steps.map(([to, afterMs, reason]) =>
    laterEvent(
      alert,
      { type: 'transition', to, by: 'wang', ...(reason === undefined ? {} : { reason }) },
      raisedAt + afterMs,
    ),
  );
  await history.writeAlertEvents(messagesOf([raisedEvent(alert), ...events], sequence + 1));
  sequence += 1 + events.length;
};

const span = () => ({
  ...{ placePrefix: township, from: startAt - day, to: startAt + day, kinds: [], severities: [], limit: 100 },
});
const responses = (change: Partial<ResponseQuery> = {}) =>
  history.statistics.responseTimes({
    ...span(),
    level: 'village',
    deadlinesMs: { acknowledged: minute, dispatched: 0, onScene: 3 * minute, resolved: 5 * minute },
    now: startAt + hour,
    ...change,
  });

test('median and 95th percentile of each step, and the share in time, of three alerts by hand', async () => {
  await write([
    ['acknowledged', 10_000],
    ['dispatched', 30_000],
    ['onScene', 100_000],
    ['resolved', 200_000],
  ]);
  await write([
    ['acknowledged', 50_000],
    ['dispatched', 90_000],
    ['onScene', 290_000],
    ['resolved', 400_000],
  ]);
  await write([['acknowledged', 120_000]]);

  const place = `${township}201`;
  expect(await responses()).toEqual([
    // 10, 50 and 120 s: the median is 50, 95 in 100 lie below 50 + 0.9 · 70. The third was late.
    {
      place,
      step: 'acknowledged',
      raised: 3,
      reached: 3,
      medianMs: 50_000,
      p95Ms: 113_000,
      ...parts(50_000, 113_000),
      due: 3,
      inTime: 2,
    },
    // 30 and 90 s; 20 and 40 s after the step before. There is no deadline.
    {
      place,
      step: 'dispatched',
      raised: 3,
      reached: 2,
      medianMs: 60_000,
      p95Ms: 87_000,
      ...parts(30_000, 39_000),
      due: 0,
      inTime: 0,
    },
    // 100 and 290 s; 70 and 200 s after. The first was in time, the second late, the third never came.
    {
      place,
      step: 'onScene',
      raised: 3,
      reached: 2,
      medianMs: 195_000,
      p95Ms: 280_500,
      ...parts(135_000, 193_500),
      due: 3,
      inTime: 1,
    },
    // 200 and 400 s; 100 and 110 s after.
    {
      place,
      step: 'resolved',
      raised: 3,
      reached: 2,
      medianMs: 300_000,
      p95Ms: 390_000,
      ...parts(105_000, 109_500),
      due: 3,
      inTime: 1,
    },
  ]);
});

const parts = (stepMedianMs: number, stepP95Ms: number) => ({ stepMedianMs, stepP95Ms });

test('a deadline that is not over, or of an alert that was none, does not count', async () => {
  await write([]);
  await write([['falseAlarm', 20_000, 'animal']]);

  const found = await responses({ now: startAt + 2 * minute });
  expect(found.map(({ step, reached, due, inTime }) => [step, reached, due, inTime])).toEqual([
    ['acknowledged', 1, 2, 1],
    ['dispatched', 0, 0, 0],
    ['onScene', 0, 0, 0],
    ['resolved', 0, 0, 0],
  ]);
  expect(found[1]).not.toHaveProperty('medianMs');
});

test('a step counts from when it was first taken, and villages add up to their township', async () => {
  await write([
    ['acknowledged', 10_000],
    ['resolved', 20_000],
    ['acknowledged', 500_000],
    ['resolved', 600_000],
  ]);
  await write([['acknowledged', 30_000]], { place: `${township}202` });

  const [acknowledged, , , resolved] = await responses({ level: 'township' });
  expect(acknowledged).toMatchObject({ place: township, reached: 2, medianMs: 20_000 });
  expect(resolved).toMatchObject({ reached: 1, medianMs: 20_000, stepMedianMs: 10_000 });
  expect((await responses()).map(({ place }) => place.slice(-3))).toEqual([
    ...['201', '201', '201', '201', '202', '202', '202', '202'],
  ]);
});

test('false alarms are counted by scenario and camera with their reasons, by the last verdict', async () => {
  await write([['falseAlarm', 1000, 'animal']]);
  await write([
    ['falseAlarm', 1000, 'weather'],
    ['reviewed', 2000],
    ['closed', 3000],
  ]);
  await write([['falseAlarm', 1000, 'animal']]);
  await write([
    ['falseAlarm', 1000, 'animal'],
    ['acknowledged', 2000],
    ['resolved', 3000],
  ]);
  await write([]);
  await write([['falseAlarm', 1000]], { cameraId: 'lane-2' });

  expect(await history.statistics.falseAlarms(span())).toEqual([
    {
      ...{ scenarioId: 'gate-night', cameraId: 'gate-1', raised: 5, judged: 4, falseAlarms: 3 },
      reasons: [
        { reason: 'animal', count: 2 },
        { reason: 'weather', count: 1 },
      ],
    },
    {
      ...{ scenarioId: 'gate-night', cameraId: 'lane-2', raised: 1, judged: 1, falseAlarms: 1 },
      reasons: [{ reason: 'other', count: 1 }],
    },
  ]);
});

test('alerts are counted by hours, days and months of the site’s zone, by what is asked', async () => {
  await write([]); // Monday 2026-01-05 20:00 in Shanghai
  await write([], { raisedAt: startAt + 5 * hour, severity: 'low' }); // Tuesday 01:00
  await write([], { raisedAt: startAt - 21 * hour, kind: 'crowd' }); // Sunday 23:00
  const counts = async (change: Partial<SeriesQuery>) =>
    (
      await history.statistics.series({
        ...{ ...span(), per: 'all', by: 'day', timezone: 'Asia/Shanghai', ...change },
      })
    ).map(({ key, at, raised }) => `${new Date(at).toISOString()} ${key} ${raised}`);

  expect(await counts({})).toEqual([
    '2026-01-03T16:00:00.000Z all 1',
    '2026-01-04T16:00:00.000Z all 1',
    '2026-01-05T16:00:00.000Z all 1',
  ]);
  expect(await counts({ by: 'month', per: 'severity' })).toEqual([
    '2025-12-31T16:00:00.000Z high 2',
    '2025-12-31T16:00:00.000Z low 1',
  ]);
  expect(await counts({ by: 'hour', per: 'camera', kinds: ['crowd'] })).toEqual([
    '2026-01-04T15:00:00.000Z gate-1 1',
  ]);
  expect(await counts({ by: 'month', per: 'township', from: startAt })).toEqual([
    `2025-12-31T16:00:00.000Z ${township} 2`,
  ]);
});

test('the first rule that fits an alert by place and severity says what is in time', async () => {
  await write([['acknowledged', 90_000]]);
  await write([['acknowledged', 90_000]], { severity: 'low' });
  await write([['acknowledged', 90_000]], { place: `${township}202` });
  const rule = (place: string, severities: Severity[], acknowledged: number) => ({
    ...{ place, severities, deadlinesMs: { acknowledged, dispatched: 0, onScene: 0, resolved: 0 } },
  });
  const answered = async (rules: readonly ResponseRule[]) =>
    (await responses({ rules }))
      .filter(({ step }) => step === 'acknowledged')
      .map(({ due, inTime }) => [due, inTime]);

  expect(await answered([rule(`${township}201`, ['low'], 2 * minute), rule(township, [], minute)])).toEqual([
    [2, 1],
    [1, 0],
  ]);
  expect(await answered([rule(`${township}202`, [], 2 * minute)])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('a series tells by hours, days and months of the site’s zone what became of alerts', async () => {
  await write([
    ['acknowledged', 10_000],
    ['falseAlarm', 20_000, 'animal'],
  ]); // Monday 2026-01-05 20:00 in Shanghai
  await write(
    [
      ['acknowledged', 30_000],
      ['resolved', 90_000],
    ],
    { raisedAt: startAt + minute },
  );
  await write([], { raisedAt: startAt - 5 * day, kind: 'crowd' }); // 2025-12-31
  const series = (change: Partial<SeriesQuery>) =>
    history.statistics.series({
      ...{
        ...span(),
        from: startAt - 6 * day,
        by: 'month',
        per: 'all',
        timezone: 'Asia/Shanghai',
        ...change,
      },
    });

  const nothing = { raised: 1, judged: 0, falseAlarms: 0, answered: 0, resolved: 0 };
  const both = {
    raised: 2,
    judged: 2,
    falseAlarms: 1,
    answered: 2,
    answerMedianMs: 20_000,
    resolved: 1,
    resolveMedianMs: 90_000,
  };
  expect(await series({})).toEqual([
    { key: 'all', at: Date.parse('2025-11-30T16:00Z'), ...nothing },
    { key: 'all', at: Date.parse('2025-12-31T16:00Z'), ...both },
  ]);
  expect(await series({ by: 'day', per: 'kind', from: startAt })).toMatchObject([
    { at: Date.parse('2026-01-04T16:00Z'), ...both },
  ]);
  expect(await series({ by: 'hour', per: 'village', from: startAt })).toMatchObject([
    { key: `${township}201`, at: startAt, raised: 2 },
  ]);
});

test('minutes that a camera was watched add up, fifteen to a quarter at most', async () => {
  const watched = (cameraId: string, quarterAt: number, minutes: number) => ({
    cameraId,
    quarterAt,
    minutes,
  });
  await history.writeWatched([watched('w-1', startAt, 15), watched('w-1', startAt + 15 * minute, 9)]);
  await history.writeWatched([watched('w-1', startAt, 3), watched('w-2', startAt, 4)]);

  expect(
    await history.statistics.watchedSums({
      cameraIds: ['w-1', 'w-2', 'w-3'],
      from: startAt,
      to: startAt + hour,
    }),
  ).toEqual({
    since: startAt,
    cameras: [
      { cameraId: 'w-1', minutes: 24 },
      { cameraId: 'w-2', minutes: 4 },
    ],
  });
});

test('what was raised in a span is told by the time in the ids', async () => {
  const at = startAt - 3 * day;
  await write([], { raisedAt: at });
  await write([], { raisedAt: at + hour, cameraId: 'lane-2' });

  const rows = await history.raisedAlerts({ from: at, to: at + hour }, 10);
  expect(rows.map(({ cameraId }) => cameraId)).toEqual(['gate-1']);
});

test('alerts are counted by the hour of the day on the site, all days added up', async () => {
  // 22:30 in Shanghai, twice, and 03:30.
  const night = Date.UTC(2026, 0, 5, 14, 30);
  for (const raisedAt of [night, night + day, night + 5 * hour])
    await write([], { raisedAt, scenarioId: 'gate-night' });

  const counts = await history.statistics.hourCounts({
    ...{ ...span(), from: night - day, to: night + 3 * day },
    ...{ by: 'scenario', timezone: 'Asia/Shanghai' },
  });

  expect(counts).toEqual([
    { key: 'gate-night', hour: 3, count: 1 },
    { key: 'gate-night', hour: 22, count: 2 },
  ]);
});
