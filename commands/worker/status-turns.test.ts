import { expect, test } from 'vitest';
import type { CameraStatus } from '../../core/schema/health.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';
import { StatusTurns } from './status-turns.ts';
import { toUnusableStatus } from './unusable-status.ts';

const statusOf = (index: number, change: Partial<CameraStatus> = {}): CameraStatus => ({
  ...toUnusableStatus(testCamera(`cam-${index}`), 'worker-1', 0, {
    state: 'lost',
    since: 0,
    message: 'nothing answers',
  }),
  ...change,
});

const town = (count: number): CameraStatus[] => Array.from({ length: count }, (_, index) => statusOf(index));

const idsOf = (statuses: readonly CameraStatus[]): string[] => statuses.map(({ cameraId }) => cameraId);

test('tells everything of a few cameras every second', () => {
  const turns = new StatusTurns();

  expect(turns.take(town(12))).toHaveLength(12);
  expect(turns.take(town(12))).toHaveLength(12);
});

test('tells each of many cameras once in five seconds', () => {
  const turns = new StatusTurns();
  turns.take(town(1000));
  const seconds = Array.from({ length: 5 }, () => idsOf(turns.take(town(1000))));

  expect(seconds.map((second) => second.length)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(seconds.flat()).size).toBe(1000);
});

test.each<[string, Partial<CameraStatus>]>([
  ['state', { state: 'live' }],
  ['cause', { cause: 'refused' }],
  ['tier', { tier: 'awake' }],
  ['degradation', { degraded: { to: 'slow', since: 0 } }],
])('tells a change of %s at once', (_, change) => {
  const turns = new StatusTurns();
  turns.take(town(200));
  turns.take(town(200));
  const [told = []] = [town(200)].map((statuses) =>
    idsOf(turns.take(statuses.map((status, index) => (index === 150 ? statusOf(150, change) : status)))),
  );

  expect(told).toContain('cam-150');
});

test('forgets a camera that is gone', () => {
  const turns = new StatusTurns();
  turns.take(town(200));
  turns.take(town(100));

  expect(idsOf(turns.take(town(200)))).toEqual(expect.arrayContaining(['cam-100', 'cam-199']));
});
