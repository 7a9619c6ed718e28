import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { CameraNormals } from '../../core/schema/normals.ts';
import { unusualActivityWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { ScriptedHistory } from '../../test/fixtures/api/scripted-history.ts';
import { cameraStatus, TestResources } from '../../test/fixtures/api/test-api.ts';
import { openActivity } from './open-activity.ts';

const minuteMs = 60_000;
/** A whole quarter of an hour. */
const startAt = Date.UTC(2026, 0, 5, 12);

/** A bucket in memory. */
const memoryStore = () => {
  const kept = new Map<string, CameraNormals>();
  return {
    kept,
    put: async (normals: CameraNormals) => void kept.set(normals.cameraId, normals),
    remove: async (cameraId: string) => void kept.delete(cameraId),
    cameraIds: async () => [...kept.keys()],
  };
};

const open = (statuses: (now: number) => { status: CameraStatus; isStale?: boolean }[]) => {
  const clock = new SimulatedClock(startAt);
  const history = new ScriptedHistory();
  const store = memoryStore();
  const resources = Object.assign(new TestResources(), { scenarios: () => [unusualActivityWith()] });
  const cameras = {
    all: () =>
      statuses(clock.now()).map(({ status, isStale = false }) => ({ value: status, ageMs: 0, isStale })),
  };
  const deps = { clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const activity = openActivity({ ...deps, history, store, resources, cameras });
  const pass = async (minutes: number): Promise<void> => {
    for (let step = 0; step < minutes * 3; step++) await clock.advance(minuteMs / 3);
  };
  return { activity, history, store, resources, pass };
};

const minutesOf = (history: ScriptedHistory): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { cameraId, quarterAt, seen } of history.watched) {
    const key = `${cameraId} ${(quarterAt - startAt) / minuteMs}`;
    sums.set(key, (sums.get(key) ?? 0) | seen);
  }
  return new Map([...sums].map(([key, seen]) => [key, seen.toString(2).replaceAll('0', '').length]));
};

describe('openActivity', () => {
  it('notes minutes in which a camera is looked at, and none in which it is lost, silent or kept from the detector', async () => {
    const { activity, history, pass } = open(() => [
      { status: cameraStatus() },
      { status: cameraStatus({ cameraId: 'lost-1', state: 'lost' }) },
      { status: cameraStatus({ cameraId: 'silent-1' }), isStale: true },
      { status: cameraStatus({ cameraId: 'shed-1', degraded: { to: 'unwatched', since: 0 } }) },
      { status: cameraStatus({ cameraId: 'slow-1', degraded: { to: 'slow', since: 0 } }) },
    ]);

    await pass(30);
    await activity.close();

    const sums = minutesOf(history);
    expect(new Set([...sums.keys()].map((key) => key.split(' ')[0]))).toEqual(new Set(['gate-1', 'slow-1']));
    expect(sums.get('gate-1 0')).toBe(15);
    expect(sums.get('gate-1 15')).toBeGreaterThanOrEqual(14);
  });

  it('keeps what the history does not take until it does', async () => {
    const { activity, history, pass } = open(() => [{ status: cameraStatus() }]);
    history.failure = new Error('away');
    await pass(12);
    expect(history.watched).toEqual([]);

    history.failure = undefined;
    await pass(3);
    await activity.close();

    expect(minutesOf(history).get('gate-1 0')).toBe(15);
  });

  it('stores what is normal for the cameras that are watched for it, and forgets the others', async () => {
    const { activity, history, store, pass } = open(() => []);
    history.knownNormals = [
      { cameraId: 'gate-1', watchedDays: 9, labels: [] },
      { cameraId: 'lane-2', watchedDays: 20, labels: [] },
    ];
    await store.put({
      ...{ schemaVersion: 1, cameraId: 'gone-9', computedAt: 0, timezone: 'UTC', watchedDays: 1, labels: [] },
    });

    await pass(2);
    await vi.waitFor(() => expect([...store.kept.keys()]).toEqual(['gate-1']));
    await activity.close();

    expect(store.kept.get('gate-1')).toMatchObject({ watchedDays: 9, timezone: 'Asia/Shanghai' });
    expect(history.normalsQueries[0]).toMatchObject({ cameraIds: ['gate-1'], labels: ['car'] });
  });

  it('computes again every hour, also after a failure', async () => {
    const { activity, history, pass } = open(() => []);
    history.failure = new Error('busy');

    await pass(121);
    await activity.close();

    expect(history.normalsQueries).toHaveLength(3);
  });
});
