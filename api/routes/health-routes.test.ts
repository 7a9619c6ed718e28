import { afterEach, expect, test, vi } from 'vitest';
import { startAt } from '../../test/fixtures/api/alert-events.ts';
import { ScriptedReconciler, testApi } from '../../test/fixtures/api/test-api.ts';

let api: ReturnType<typeof testApi>;
const health = async () => (await api.app.inject('/api/v1/health')).json();

afterEach(() => api.app.close());

test('health says that the stream of the audit log fills up, and how far', async () => {
  const usage = { at: startAt, share: 0.719, alarm: 'filling' as const };
  api = testApi({ auditRoom: { latest: () => usage } });

  const { state, systemAlerts, problems } = await health();

  const message = "the audit log's stream is 71 % full: full, it refuses what must be written down";
  expect({ state, systemAlerts }).toEqual({
    state: 'degraded',
    systemAlerts: [{ kind: 'auditFilling', at: startAt, message }],
  });
  expect(problems).toContain(message);
});

test('health says nothing of a stream that has room', async () => {
  api = testApi({ auditRoom: { latest: () => ({ at: startAt, share: 0.6, alarm: undefined }) } });

  expect((await health()).systemAlerts).toEqual([]);
});

test('health says since when the auditor has taken no anchor', async () => {
  api = testApi({ anchorDelivery: { lateSince: () => startAt } });

  const { state, systemAlerts } = await health();

  expect(state).toBe('degraded');
  expect(systemAlerts).toMatchObject([
    { kind: 'anchorLate', message: expect.stringContaining('since 2026-01-05T12:00:00.000Z') },
  ]);
});

test('health says nothing of an auditor who takes anchors', async () => {
  api = testApi({ anchorDelivery: { lateSince: () => undefined } });

  expect((await health()).systemAlerts).toEqual([]);
});

test('health names a role that no longer hears of changes of the configuration', async () => {
  api = testApi();
  await api.app.ready();
  const role = { role: 'alerts', id: 'alerts-1', pid: 9, rssBytes: 1, eventLoopDelayP99Ms: 1 } as const;
  api.bus.push('ROLES', {
    ...role,
    at: startAt,
    startedAt: startAt,
    configurationStaleSince: startAt - 60_000,
  });
  await vi.waitFor(async () => expect((await health()).roles).toHaveLength(1));

  const { state, problems } = await health();

  expect(state).toBe('degraded');
  expect(problems).toContain('role alerts alerts-1 does not hear of changes of the configuration');
});

const compared = { from: 0, to: 1, at: startAt, sources: [], cameras: [], differences: [], waiting: 0 };

test.each([
  [
    'alerts are missing',
    { differing: 3, problems: [] },
    '3 alerts of the last hour are missing somewhere: see xueliang reconcile',
  ],
  [
    'a source could not be asked',
    { differing: 0, problems: ['no outbox answered'] },
    'what was raised could not be compared in full: no outbox answered',
  ],
])('health has the alert of a loss when %s', async (_, found, message) => {
  const reconciliation = new ScriptedReconciler();
  reconciliation.found = { ...compared, isEqual: false, ...found };
  api = testApi({ reconciliation });

  expect((await health()).systemAlerts).toEqual([{ kind: 'loss', at: startAt, message }]);
});
