import { afterEach, beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { Label } from '../../core/schema/label.ts';
import { quarterMs } from '../../core/schema/normals.ts';
import { randomFrom, trackRow } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type History, openHistory } from './index.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Monday 2026-03-02 00:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 1, 16);
const seed = 20_261_125;
let options: Awaited<ReturnType<typeof historyFolder>>;
let history: History;

beforeEach(async () => {
  options = await historyFolder();
  history = await openHistory({ ...options, clock: new SimulatedClock(monday + 40 * dayMs) });
});
afterEach(async () => {
  await history?.close();
  await options.remove();
});

interface Life {
  cameraId: string;
  from: number;
  days: number;
  /** How many tracks begin in a quarter; nothing when the camera gave no picture in it. */
  tracksAt(at: number): number | undefined;
  label?: Label;
}

const live = async ({ cameraId, from, days, tracksAt, label = 'car' }: Life): Promise<void> => {
  const quarters = Array.from({ length: days * 96 }, (_, index) => from + index * quarterMs);
  await history.writeWatched(
    quarters
      .filter((at) => tracksAt(at) !== undefined)
      .map((quarterAt) => ({ cameraId, quarterAt, seen: 0x7fff })),
  );
  await history.writeTracks(
    quarters.flatMap((at) =>
      Array.from({ length: tracksAt(at) ?? 0 }, (_, index) =>
        trackRow({ cameraId, label, trackId: `${cameraId}-${at}-${index}`, startedAt: at + index, path: [] }),
      ),
    ),
  );
};

const ask = async (cameraId: string, until: number, timezone = 'Asia/Shanghai') =>
  (await history.normals({ cameraIds: [cameraId], labels: ['car'], timezone, until }))[0];

const hourOf = (at: number): number => Math.floor(((at - monday) % (7 * dayMs)) / hourMs);

test('three weeks give a band for every hour of the week, as wide as what was counted', async () => {
  const random = randomFrom(seed);
  const tracksAt = (at: number): number => {
    const hour = hourOf(at) % 24;
    return hour >= 8 && hour < 18 ? 10 + Math.floor(random() * 11) : 0;
  };
  const counts = new Map<number, number>();
  const counted = (at: number): number => {
    const known = counts.get(at) ?? tracksAt(at);
    counts.set(at, known);
    return known;
  };
  await live({ cameraId: 'gate-1', from: monday, days: 21, tracksAt: counted });

  const normals = await ask('gate-1', monday + 21 * dayMs);
  const [car] = normals?.labels ?? [];

  expect(normals?.watchedDays).toBe(21);
  expect(car?.low).not.toContain(null);
  for (const day of [0, 1, 6]) {
    const [noon, night] = [day * 24 + 12, day * 24 + 3];
    expect([car?.low[night], car?.high[night]], `seed ${seed}`).toEqual([0, 0]);
    expect(car?.low[noon], `seed ${seed}`).toBeGreaterThanOrEqual(10);
    expect(car?.low[noon], `seed ${seed}`).toBeLessThanOrEqual(12);
    expect(car?.high[noon], `seed ${seed}`).toBeGreaterThanOrEqual(18);
    expect(car?.high[noon], `seed ${seed}`).toBeLessThanOrEqual(20);
  }
});

test('quarters without a picture are no quiet quarters', async () => {
  await live({
    ...{ cameraId: 'lane-2', from: monday, days: 21 },
    tracksAt: (at) => (at >= monday + 5 * dayMs && at < monday + 8 * dayMs ? undefined : 6),
  });

  const normals = await ask('lane-2', monday + 21 * dayMs);

  expect(normals?.watchedDays).toBe(18);
  expect(new Set(normals?.labels[0]?.low)).toEqual(new Set([6]));
});

test('a camera that is new has its days counted, and no band for hours it has seen too rarely', async () => {
  await live({ cameraId: 'new-3', from: monday, days: 9, tracksAt: () => 2 });

  const normals = await ask('new-3', monday + 9 * dayMs);

  expect(normals?.watchedDays).toBe(9);
  expect(normals?.labels[0]?.low[12]).toBe(2);
  expect(normals?.labels[0]?.low[5 * 24 + 12]).toBeNull();
});

test('a label of which there never was a track is normally absent, and an unknown camera is left out', async () => {
  await live({ cameraId: 'quiet-4', from: monday, days: 14, tracksAt: () => 1, label: 'dog' });

  const normals = await ask('quiet-4', monday + 14 * dayMs);

  expect(new Set(normals?.labels[0]?.high)).toEqual(new Set([0]));
  expect(await ask('nowhere', monday + 14 * dayMs)).toBeUndefined();
});

test('hours follow the wall clock over the beginning of daylight saving', async () => {
  const berlin = Date.UTC(2026, 2, 15, 23);
  const noonUtc = (at: number): number => new Date(at).getUTCHours();
  const summerAt = Date.UTC(2026, 2, 29, 1);
  const busyHour = (at: number): number => (at < summerAt ? 11 : 10);
  await live({
    ...{ cameraId: 'berlin-5', from: berlin, days: 25 },
    tracksAt: (at) => (noonUtc(at) === busyHour(at) ? 8 : 0),
  });

  const car = (await ask('berlin-5', berlin + 25 * dayMs, 'Europe/Berlin'))?.labels[0];

  expect([12, 24 + 12, 48 + 12].map((hour) => car?.high[hour])).toEqual([8, 8, 8]);
  expect([10, 14, 24 + 14].map((hour) => car?.high[hour])).toEqual([0, 0, 0]);
});

test('only the last four weeks count, whole quarters of them, and minutes add up', async () => {
  await live({
    cameraId: 'long-6',
    from: monday,
    days: 35,
    tracksAt: (at) => (at < monday + 7 * dayMs ? 90 : 3),
  });
  const until = monday + 35 * dayMs;
  const half = { cameraId: 'half-7', quarterAt: until - dayMs, seen: 0b1111111 };
  await history.writeWatched([half]);

  // Another process has noted the same.
  await history.writeWatched([half]);

  const before = await ask('half-7', until);
  await history.writeWatched([{ ...half, seen: 0b1111110000000 }]);

  expect(before).toBeUndefined();
  expect((await ask('half-7', until))?.watchedDays).toBe(1);
  expect(new Set((await ask('long-6', until + 60_000))?.labels[0]?.high)).toEqual(new Set([3]));
});

test('watched quarters go with the days whose tracks are past their retention', async () => {
  await live({ cameraId: 'old-8', from: monday, days: 20, tracksAt: () => 1 });
  const until = monday + 20 * dayMs;
  const before = await ask('old-8', until);

  await history.upkeep();

  expect(before?.watchedDays).toBe(20);
  // Of the forty days that have passed thirty are kept, by days of UTC.
  expect((await ask('old-8', until))?.watchedDays).toBe(11);
});

test('quarters say what began in them, and those in which nobody looked are left out', async () => {
  const tracksAt = (at: number) => (at === monday + quarterMs ? undefined : at === monday ? 3 : 0);
  await live({ cameraId: 'gate-1', from: monday, days: 1, tracksAt });
  await history.writeWatched([{ cameraId: 'gate-1', quarterAt: monday, seen: 0b11 }]);

  const quarters = await history.statistics.quarterCounts({
    ...{ cameraId: 'gate-1', label: 'car', from: monday, to: monday + 3 * quarterMs, limit: 10 },
  });

  expect(quarters).toEqual([
    { at: monday, minutes: 15, count: 3 },
    { at: monday + 2 * quarterMs, minutes: 15, count: 0 },
  ]);
});
