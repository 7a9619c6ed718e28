import { expect, test } from 'vitest';
import type { HealthView } from '../../../api/schema/health-view.ts';
import { problemsOf } from './problems.ts';

const health = (facts: Partial<HealthView> = {}): HealthView => ({
  ...{ state: 'ok', problems: [], at: 1000, systemAlerts: [], bus: { isConnected: true } },
  history: {
    ...{ backend: 'embedded', isReachable: true, isFull: false, sizeBytes: 10, quotaBytes: 100 },
    ...{ damagedParts: 0, lastSequence: 5 },
  },
  cameras: { total: 3, live: 2, off: 1, connecting: 0, waiting: 0, lost: 0, unknown: 0 },
  roles: [],
  disk: { freeBytes: 50 * 1024 ** 3, totalBytes: 100 * 1024 ** 3 },
  ...facts,
});
const role = {
  role: 'worker',
  id: 'worker-1',
  at: 0,
  startedAt: 0,
  rssBytes: 1,
  eventLoopDelayP99Ms: 1,
} as const;
const keys = (facts: Partial<HealthView>): string[] => problemsOf(health(facts)).map(({ key }) => key);

test('a site that fares well has no problem; a camera that is off is none', () => {
  expect(problemsOf(health())).toEqual([]);
});

test.each<[string, Partial<HealthView>, string[]]>([
  ['a bus that is away', { bus: { isConnected: false } }, ['bus']],
  ['a full history', { history: { ...health().history, isFull: true, sizeBytes: 99 } }, ['full']],
  ['a history that fills up', { history: { ...health().history, sizeBytes: 86 } }, ['filling']],
  ['a small disk', { disk: { freeBytes: 1e9, totalBytes: 1e12 } }, ['disk']],
  ['dark cameras', { cameras: { ...health().cameras, live: 1, lost: 1 } }, ['cameras']],
  [
    'a silent role, whatever else',
    { roles: [{ ...role, isStale: true, outboxPending: 500 }] },
    ['role-worker-1'],
  ],
  [
    'a role that does not hear of changes',
    { roles: [{ ...role, isStale: false, configurationStaleSince: 5 }] },
    ['configuration-worker-1'],
  ],
  ['lost alerts', { systemAlerts: [{ kind: 'loss', at: 1, message: '' }] }, ['loss']],
])('tells of %s, and what to do', (_, facts, expected) => {
  expect(keys(facts)).toEqual(expected);
  for (const { title, remedy } of problemsOf(health(facts))) expect(title && remedy).not.toMatch(/\{\w+\}/);
});
