import { afterEach, beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { ObservationChunk } from '../../core/schema/observation-chunk.ts';
import {
  alertIdAt,
  messagesOf,
  raisedAlert,
  raisedEvent,
  randomFrom,
  startAt,
  trackRow,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { alertQuery, historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type History, openHistory } from './index.ts';
import type { HistoryRemoval } from './upkeep.ts';

const day = 86_400_000;
let options: Awaited<ReturnType<typeof historyFolder>>;
let history: History | undefined;

beforeEach(async () => {
  options = await historyFolder();
});
afterEach(async () => {
  await history?.close();
  await options.remove();
});

const open = async (
  limits: {
    quotaBytes?: number;
    trackRetentionMs?: number;
    observationRetentionMs?: number;
    alertRetentionMs?: number;
  },
  clock = new SimulatedClock(startAt),
) => {
  history = await openHistory({ ...options, ...limits, clock });
  return history;
};

/** Tracks that do not compress: one day's are about 60 kB. */
const writeTracksOf = async (to: History, startedAt: number, count = 100): Promise<void> => {
  const random = randomFrom(startedAt);
  const path = () => Array.from({ length: 64 }, () => [random(), random()] as [number, number]);
  await to.writeTracks(
    Array.from({ length: count }, (_, index) =>
      trackRow({ startedAt: startedAt + index, trackId: `t-${index}`, path: path() }),
    ),
  );
};

const writeAlertAt = async (to: History, raisedAt: number): Promise<void> => {
  await to.writeAlertEvents(
    messagesOf([raisedEvent(raisedAlert({ raisedAt, alertId: alertIdAt(raisedAt) }))], raisedAt),
  );
};

const daysOf = async (from: History): Promise<string[]> => {
  const rows = await from.trackCounts({
    placePrefix: '43',
    from: 0,
    to: startAt + 365 * day,
    cameraIds: [],
    labels: [],
    by: 'place',
    bucket: 'day',
    timezone: 'UTC',
    limit: 1000,
  });
  return rows.map(({ at }) => new Date(at).toISOString().slice(5, 10));
};

test('tracks and alerts past their retention are deleted, by day and by month', async () => {
  const clock = new SimulatedClock(startAt);
  const to = await open({ trackRetentionMs: 2 * day, alertRetentionMs: 40 * day }, clock);
  for (const ago of [0, 1, 2, 3]) await writeTracksOf(to, startAt - ago * day, 2);
  for (const ago of [0, 31, 100]) await writeAlertAt(to, startAt - ago * day);

  await to.upkeep();

  expect(await daysOf(to)).toEqual(['01-03', '01-04', '01-05']);
  expect((await to.alerts(alertQuery())).alerts).toHaveLength(2);
});

test('what goes is noted before, and stays while nobody can take note of it', async () => {
  const noted: HistoryRemoval[] = [];
  let isAway = true;
  const noteRemoval = async (removal: HistoryRemoval): Promise<void> => {
    if (isAway) throw new TypeError('the bus is away');
    noted.push(removal);
  };
  const clock = new SimulatedClock(startAt);
  history = await openHistory({ ...options, alertRetentionMs: 40 * day, noteRemoval, clock });
  for (const ago of [0, 100]) await writeAlertAt(history, startAt - ago * day);
  const count = async () => (await history?.alerts(alertQuery()))?.alerts.length;

  await history.upkeep();
  const whileAway = await count();
  isAway = false;
  await history.upkeep();

  expect(whileAway).toBe(2);
  expect(await count()).toBe(1);
  expect(noted).toEqual([{ table: 'alerts', partition: '202509', reason: 'retention' }]);
});

test('nothing of more worth goes in place of what could not be noted', async () => {
  const asked: string[] = [];
  const noteRemoval = async ({ table, partition }: HistoryRemoval): Promise<void> => {
    asked.push(`${table} ${partition}`);
    throw new TypeError('the bus is away');
  };
  const clock = new SimulatedClock(startAt);
  history = await openHistory({ ...options, quotaBytes: 300_000, noteRemoval, clock });
  for (const ago of [6, 5, 4, 3, 2, 1, 0]) await writeTracksOf(history, startAt - ago * day);

  await history.upkeep();

  expect(new Set(asked)).toEqual(new Set(['tracks 20251230']));
  expect(await daysOf(history)).toHaveLength(7);
});

const chunkOf = (from: number, data = 'AQ=='): ObservationChunk => ({
  ...{ cameraId: 'gate-1', place: village, runAt: from, number: 0, isLast: true },
  ...{
    from,
    to: from + 1000,
    looks: 3,
    settings: [{ scenarioId: 'gate-night', print: '0123456789abcdef' }],
    data,
  },
});

const observationDays = async (from: History): Promise<string[]> => {
  const days: string[] = [];
  const query = { cameraId: 'gate-1', placePrefix: '43', from: 0, to: startAt + day };
  for await (const chunk of from.observations(query))
    days.push(new Date(chunk.from).toISOString().slice(5, 10));
  return days;
};

test('observations come back as they were written, once, and go after their retention', async () => {
  const to = await open({ observationRetentionMs: 2 * day });
  const chunks = [3, 2, 1, 0].map((ago) => chunkOf(startAt - ago * day));
  await to.writeObservations(chunks);
  await to.writeObservations(chunks);
  const found: ObservationChunk[] = [];
  for await (const chunk of to.observations({
    cameraId: 'gate-1',
    placePrefix: '43',
    from: 0,
    to: startAt + 1,
  }))
    found.push(chunk);
  await to.upkeep();

  expect(found).toEqual(chunks);
  expect(await observationDays(to)).toEqual(['01-03', '01-04', '01-05']);
});

test('above the quota observations go before tracks', async () => {
  const to = await open({ quotaBytes: 300_000 });
  const random = randomFrom(7);
  const noise = Buffer.from(Uint8Array.from({ length: 45_000 }, () => random() * 256)).toString('base64');
  await to.writeObservations([5, 4, 3, 2, 1, 0].map((ago) => chunkOf(startAt - ago * day, noise)));
  await writeTracksOf(to, startAt - 6 * day);

  await to.upkeep();

  expect(await daysOf(to)).toEqual(['12-30']);
  expect(await observationDays(to)).not.toContain('12-31');
});

test('pages of observations follow each other without a gap', async () => {
  const to = await open({});
  const chunks = Array.from({ length: 250 }, (_, number) => ({
    ...chunkOf(startAt + number * 1000),
    ...{ runAt: startAt + (number > 120 ? 1 : 0), number, watchedUntil: startAt },
  }));
  await to.writeObservations(chunks.toReversed());

  expect(await observationDays(to)).toHaveLength(250);
});

test('upkeep runs by itself', async () => {
  const clock = new SimulatedClock(startAt);
  const to = await open({ trackRetentionMs: day }, clock);
  await writeTracksOf(to, startAt, 2);
  clock.jump(3 * day);
  await clock.advance(10_000);

  await expect.poll(() => daysOf(to)).toEqual([]);
});

test('above the quota tracks go first, the oldest day first, and no alert', async () => {
  const to = await open({ quotaBytes: 300_000 });
  await writeAlertAt(to, startAt - 40 * day);
  for (const ago of [6, 5, 4, 3, 2, 1, 0]) await writeTracksOf(to, startAt - ago * day);

  await to.upkeep();

  const days = await daysOf(to);
  expect(days.length).toBeGreaterThan(1);
  expect(days.length).toBeLessThan(7);
  expect(days.at(-1)).toBe('01-05');
  expect((await to.alerts(alertQuery())).alerts).toHaveLength(1);
  expect(to.status().sizeBytes).toBeLessThanOrEqual(300_000 * 0.8);
});

test('when tracks are gone the oldest month of alerts goes, never the newest', async () => {
  const to = await open({ quotaBytes: 6000 });
  for (const ago of [62, 31, 0]) await writeAlertAt(to, startAt - ago * day);
  await writeTracksOf(to, startAt);

  await to.upkeep();

  const { alerts } = await to.alerts(alertQuery());
  expect(await daysOf(to)).toEqual([]);
  expect(alerts[0]?.raisedAt).toBe(startAt);
  expect(alerts.length).toBeLessThan(3);
});

test('a history that may shed nothing more refuses to grow and says so', async () => {
  const to = await open({ quotaBytes: 1000 });
  await writeAlertAt(to, startAt);
  await to.upkeep();

  await expect(writeAlertAt(to, startAt + 1)).rejects.toMatchObject({
    code: 'history-full',
    kind: 'exhausted',
  });
  await expect(writeTracksOf(to, startAt)).rejects.toMatchObject({ code: 'history-full' });
  expect(to.status().isFull).toBe(true);
  expect((await to.alerts(alertQuery())).alerts).toHaveLength(1);
});
