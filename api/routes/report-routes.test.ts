import { expect, test, vi } from 'vitest';
import { village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';

vi.setConfig({ testTimeout: 20_000 });
const statistics = '/api/v1/statistics';

test('a series tells what is asked of it, in the zone of the site', async () => {
  const { app, history } = testApi();
  const itemOf = async (query: string) =>
    (await app.inject(`${statistics}/series?from=5&to=9&${query}`)).json().items[0];

  expect(await itemOf('')).toEqual({ key: 'all', at: 5, raised: 5 });
  expect(await itemOf('of=falseAlarms')).toEqual({
    key: 'all',
    at: 5,
    raised: 5,
    judged: 4,
    falseAlarms: 1,
    share: 0.25,
  });
  expect(await itemOf('of=responses&by=month&per=scenario')).toMatchObject({
    answered: 3,
    answerMedianMs: 9000,
  });
  expect(history.statisticsQueries.at(-1)).toMatchObject({
    by: 'month',
    per: 'scenario',
    timezone: 'Asia/Shanghai',
  });
});

test('responses are held against the deadlines of the site where it has some', async () => {
  const { app, history, resources } = testApi();
  resources.deadlines = [{ acknowledge: '2m' }, { place: village, severities: ['urgent'], area: 'country' }];

  expect((await app.inject(`${statistics}/responses`)).json()).not.toHaveProperty('deadlinesMs');
  expect(history.statisticsQueries[0]).toMatchObject({
    rules: [
      {
        place: village,
        severities: ['urgent'],
        deadlinesMs: { acknowledged: 60_000, onScene: 900_000, resolved: 1_800_000 },
      },
      {
        place: '',
        severities: [],
        deadlinesMs: { acknowledged: 120_000, onScene: 180_000, resolved: 300_000 },
      },
    ],
  });
});

test('a report tells a span, the one before, and what changed', async () => {
  const { app, history } = testApi();
  const answer = await app.inject(`${statistics}/report?place=${township}&span=2026-Q1`);

  expect(answer.json()).toMatchObject({
    ...{ place: township, span: '2026-Q1' },
    now: {
      ...{ raised: 5, judged: 4, falseAlarms: 1, falseAlarmShare: 0.25 },
      responses: [{ step: 'acknowledged', share: 0.5 }],
      scenarios: [{ scenarioId: 'gate-night', raised: 5, falseAlarmShare: 0.25 }],
    },
    changes: { raised: 0, falseAlarmShare: 0, acknowledgedShare: 0, acknowledgedMedianMs: 0 },
  });
  const { now, before } = answer.json();
  expect(before.to).toBe(now.from);
  expect(history.statisticsQueries[0]).toMatchObject({ placePrefix: township, from: now.from, to: now.to });
});

test('a report is of one’s own ground, and of a township', async () => {
  const { app, history, resources } = testApi();
  resources.userList.push({ id: 'wang', ground: '431103111', roles: ['dispatcher'], passwordHash: testHash });
  const ask = (place: string) =>
    app.inject({ url: `${statistics}/report?place=${place}&span=2026`, headers: basic('wang', testSecret) });

  expect([(await ask(township)).statusCode, (await ask('431103')).statusCode]).toEqual([403, 400]);
  expect(history.statisticsQueries).toEqual([]);
});
