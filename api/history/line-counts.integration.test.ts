import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { LineCount } from '../../core/schema/line-count.ts';
import { startAt } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type History, type LineCountQuery, openHistory } from './index.ts';

const hour = 3_600_000;
const day = 24 * hour;
const clock = new SimulatedClock(startAt);
let options: Awaited<ReturnType<typeof historyFolder>>;
let history: History;
let serial = 0;

beforeAll(async () => {
  options = await historyFolder();
  history = await openHistory({ ...options, clock, alertRetentionMs: 40 * day });
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

const row = (change: Partial<LineCount> = {}): LineCount => ({
  ...{ countId: `c-${serial++}`, cameraId: 'gate-1', place, scenarioId: 'crossing-1', lineId: 'line-1' },
  ...{ label: 'person', direction: 'forward', minute: startAt, count: 1 },
  ...change,
});

const sums = (change: Partial<LineCountQuery> = {}) =>
  history.lineCounts({
    ...{ placePrefix: place, from: startAt - day, to: startAt + day, cameraIds: [], lineIds: [] },
    ...{ step: 'hour', timezone: 'Asia/Shanghai', limit: 1000 },
    ...change,
  });

test('counts written twice count once, and those of one step add up', async () => {
  const rows = [
    row({ count: 2 }),
    row({ count: 3 }),
    row({ minute: startAt + 59 * 60_000 }),
    row({ minute: startAt + hour, count: 7 }),
    row({ direction: 'backward' }),
    row({ label: 'car' }),
  ];
  await history.writeLineCounts(rows);
  await history.writeLineCounts(rows);

  const of = { cameraId: 'gate-1', lineId: 'line-1' };
  expect(await sums()).toEqual([
    { ...of, label: 'car', direction: 'forward', at: startAt, count: 1 },
    { ...of, label: 'person', direction: 'backward', at: startAt, count: 1 },
    { ...of, label: 'person', direction: 'forward', at: startAt, count: 6 },
    { ...of, label: 'person', direction: 'forward', at: startAt + hour, count: 7 },
  ]);
});

test('two scenarios on one line do not count its crossings twice', async () => {
  await history.writeLineCounts([
    row({ count: 4 }),
    row({ count: 2, scenarioId: 'at-night' }),
    row({ count: 1, scenarioId: 'at-night' }),
  ]);

  expect((await sums()).map(({ count }) => count)).toEqual([4]);
});

test('days begin when they do in the zone of the site, also when summer time begins', async () => {
  const sunday = Date.UTC(2025, 2, 30);
  await history.writeLineCounts(
    [-60, 30, 22 * 60].map((minutes) => row({ minute: sunday + minutes * 60_000 })),
  );

  const days = await sums({ step: 'day', timezone: 'Europe/Berlin', from: sunday - day, to: sunday + day });
  expect(days.map(({ at, count }) => [new Date(at).toISOString(), count])).toEqual([
    ['2025-03-29T23:00:00.000Z', 2],
    ['2025-03-30T22:00:00.000Z', 1],
  ]);
});

test('cameras, lines and times narrow, and the earliest come first', async () => {
  await history.writeLineCounts([
    row({ minute: startAt - 2 * 60_000 }),
    row({ minute: startAt, cameraId: 'gate-2' }),
    row({ minute: startAt + 60_000, lineId: 'line-2' }),
  ]);

  const linesOf = async (change: Partial<LineCountQuery>) =>
    (await sums({ step: 'minute', ...change })).map(({ cameraId, lineId }) => `${cameraId} ${lineId}`);
  expect(await linesOf({})).toEqual(['gate-1 line-1', 'gate-2 line-1', 'gate-1 line-2']);
  expect(await linesOf({ cameraIds: ['gate-2'] })).toEqual(['gate-2 line-1']);
  expect(await linesOf({ lineIds: ['line-2'] })).toEqual(['gate-1 line-2']);
  expect(await linesOf({ from: startAt, to: startAt + 60_000 })).toEqual(['gate-2 line-1']);
  expect(await linesOf({ placePrefix: '431103999' })).toEqual([]);
  expect(await linesOf({ limit: 1 })).toEqual(['gate-1 line-1']);
  expect(await linesOf({ lineIds: ["' OR 1=1 --"] })).toEqual([]);
});

test('a count from the future is not kept', async () => {
  await history.writeLineCounts([row({ minute: Date.UTC(2150, 0) }), row({ minute: startAt })]);

  expect(await sums({ to: Date.UTC(2200, 0) })).toHaveLength(1);
});

test('counts are kept as long as alerts', async () => {
  await history.writeLineCounts([
    row(),
    row({ minute: startAt - 31 * day }),
    row({ minute: startAt - 100 * day }),
  ]);
  await history.upkeep();

  expect(await sums({ from: 0 })).toHaveLength(2);
});
