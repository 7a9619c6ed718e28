import { expect, test } from 'vitest';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const day = 86_400_000;
const statistics = '/api/v1/statistics';

test('response times come with their share in time and the deadlines they are held against', async () => {
  const answer = await testApi().app.inject(`${statistics}/responses`);

  expect(answer.json()).toMatchObject({
    deadlinesMs: { acknowledged: 60_000, onScene: 180_000, resolved: 300_000 },
    items: [{ step: 'acknowledged', medianMs: 9000, due: 2, inTime: 1, share: 0.5 }],
  });
});

test('false alarms come with their share of those judged', async () => {
  const answer = await testApi().app.inject(`${statistics}/false-alarms`);

  expect(answer.json().items).toEqual([
    {
      ...{ scenarioId: 'gate-night', cameraId: 'gate-1', raised: 5, judged: 4, falseAlarms: 1, share: 0.25 },
      reasons: [{ reason: 'animal', count: 1 }],
    },
  ]);
});

test('alerts are counted in the zone of the site, by what is asked', async () => {
  const { app, history } = testApi();
  await app.inject(`${statistics}/series?per=kind&by=hour&severity=high&from=5&to=9`);

  expect(history.statisticsQueries[0]).toMatchObject({
    ...{ per: 'kind', by: 'hour', severities: ['high'], from: 5, to: 9, timezone: 'Asia/Shanghai' },
  });
});

test('availability is the share of minutes up to the last whole quarter, by village', async () => {
  const answer = await testApi().app.inject(
    `${statistics}/availability?place=${village}&from=${startAt - 3_600_000}`,
  );

  // Until 11:45, for minutes come five minutes late: 45 minutes, and all of them were watched.
  expect(answer.json()).toEqual({
    ...{ from: startAt - 3_600_000, to: startAt - 900_000 },
    places: [{ place: village, share: 1, cameras: [{ cameraId: 'gate-1', minutes: 45, share: 1 }] }],
  });
});

test('a span is bounded, and nobody is told of a ground that is not his', async () => {
  const { app, history, resources } = testApi();
  const long = await app.inject(`${statistics}/series?from=0&to=${367 * day}`);
  expect([long.statusCode, long.json().code]).toEqual([400, 'request-invalid']);

  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const headers = basic('wang', testSecret);
  for (const name of ['responses', 'false-alarms', 'series'])
    await app.inject({ url: `${statistics}/${name}?place=431103110202`, headers });
  expect(history.statisticsQueries).toEqual([]);
});

test('what is missing somewhere makes the site degraded, and is told to whom the whole site is', async () => {
  const { app, reconciliation, resources } = testApi();
  const nothing = { sources: [], cameras: [], differences: [], waiting: 0, problems: [] };
  const found = { from: 1, to: 2, at: startAt, isEqual: false, differing: 3, ...nothing };
  reconciliation.found = found;

  const health = (await app.inject('/api/v1/health')).json();
  expect(health.systemAlerts).toMatchObject([{ kind: 'loss', at: startAt }]);
  expect(health.problems.join()).toContain('3 alerts of the last hour are missing somewhere');
  expect((await app.inject('/api/v1/reconciliation')).json()).toEqual(found);
  await app.inject('/api/v1/reconciliation?from=5&to=9');
  expect(reconciliation.spans).toEqual([{ from: 5, to: 9 }]);
  resources.userList.push({ id: 'wang', ground: village, roles: ['engineer'], passwordHash: testHash });
  const refused = await app.inject({ url: '/api/v1/reconciliation', headers: basic('wang', testSecret) });
  expect(refused.json().code).toBe('ground-forbidden');
});
