import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ConnectedBus, connectBus } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { followNormals, openNormalsStore } from '../../core/bus/normals-store.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { quarterMs } from '../../core/schema/normals.ts';
import { boxAt, Rehearsal, unusualActivityWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { randomFrom, trackRow } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { TestResources } from '../../test/fixtures/api/test-api.ts';
import { type History, openHistory } from '../history/index.ts';
import { computeNormals } from './compute-normals.ts';

const confPath = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
const account = { user: 'test', password: 'test-password' };
const quartersOf = (days: number): number => days * 96;
/** Monday 2026-03-02 00:00 in Shanghai, three weeks later. */
const now = Date.UTC(2026, 2, 1, 16) + quartersOf(21) * quarterMs;
const seed = 42;
let surroundings: Awaited<ReturnType<typeof historyFolder>>;
let server: NatsServer;
let bus: ConnectedBus;
let history: History;

beforeAll(async () => {
  surroundings = await historyFolder();
  const { folder } = surroundings;
  server = await openNatsServer({
    ...{ confPath, dataFolder: path.join(folder, 'nats'), runFolder: path.join(folder, 'run') },
    ...{ maxStoreBytes: 1024 ** 3, ...account },
  });
  bus = await connectBus({ url: server.url, ...account, name: 'test', ...surroundings });
  history = await openHistory({ ...surroundings, clock: new SimulatedClock(now) });
});
afterAll(async () => {
  await history?.close();
  await bus?.close();
  await server?.close();
  await surroundings?.remove();
});

/** So many days of three to nine cars a quarter. */
const live = async (cameraId: string, days: number): Promise<void> => {
  const random = randomFrom(seed);
  const quarters = Array.from({ length: quartersOf(days) }, (_, index) => now - (index + 1) * quarterMs);
  await history.writeWatched(quarters.map((quarterAt) => ({ cameraId, quarterAt, seen: 0x7fff })));
  const tracksOf = (at: number) =>
    Array.from({ length: 3 + Math.floor(random() * 7) }, (_, index) =>
      trackRow({
        cameraId,
        label: 'car',
        trackId: `${cameraId}-${at}-${index}`,
        startedAt: at + index,
        path: [],
      }),
    );
  await history.writeTracks(quarters.flatMap(tracksOf));
};

test('three weeks of tracks become what a worker tells unusual quarters by, and nine days do not', async () => {
  await live('gate-1', 21);
  await live('lane-2', 9);
  const scenario = unusualActivityWith({ cameras: ['gate-1', 'lane-2'] });
  const resources = Object.assign(new TestResources(), { scenarios: () => [scenario] });
  const store = await openNormalsStore(bus.nats);
  const followed = followNormals(bus.nats, surroundings);

  await computeNormals({ history, store, resources, clock: new SimulatedClock(now) });
  await vi.waitFor(() => expect(followed.of('lane-2')).toBeDefined(), { timeout: 5000 });
  const [known, short] = [followed.of('gate-1'), followed.of('lane-2')];
  await followed.close();
  const crowded = (second: number) => [
    { trackId: `c${Math.floor(second / 5)}`, label: 'car' as const, box: boxAt(0.5, 0.5) },
  ];
  const play = (normals: typeof known) =>
    new Rehearsal({ scenarios: [scenario], startAt: now, ...(normals ? { normals } : {}) }).play(
      900,
      crowded,
      1,
    );

  expect(play(known).raised[0]?.facts, `seed ${seed}`).toMatchObject({ usualLow: 3, usualHigh: 9 });
  const unknown = play(short);
  expect(unknown.raised).toEqual([]);
  expect(unknown.engine.explain('gate-1', unknown.clock.now())[0]?.missing).toEqual([
    { what: 'history', haveDays: 9, needDays: 14 },
  ]);
});
