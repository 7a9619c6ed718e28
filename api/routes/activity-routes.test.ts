import { expect, test } from 'vitest';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const day = 86_400_000;
const url = '/api/v1/statistics/activity?camera=gate-1';

const normalsOf = (watchedDays: number) => [
  {
    cameraId: 'gate-1',
    watchedDays,
    labels: [{ label: 'person' as const, low: new Array(168).fill(2), high: new Array(168).fill(5) }],
  },
];

test('what was counted stands beside what is normal at that hour', async () => {
  const { app, history } = testApi();
  history.knownNormals = normalsOf(21);
  const answer = await app.inject(`${url}&from=${startAt - day}&to=${startAt}`);

  expect(answer.json()).toMatchObject({
    ...{ cameraId: 'gate-1', label: 'person', timezone: 'Asia/Shanghai', watchedDays: 21, neededDays: 14 },
    items: [
      { at: startAt - day, minutes: 15, count: 7, low: 2, high: 5 },
      { at: startAt - day + 900_000, minutes: 4, count: 1, low: 2, high: 5 },
    ],
  });
});

test('nothing is called normal on a camera that was watched for too few days', async () => {
  const { app, history } = testApi();
  history.knownNormals = normalsOf(13);
  const answer = await app.inject(url);

  expect(answer.json().watchedDays).toBe(13);
  expect(answer.json().items[0]).not.toHaveProperty('low');
});

test('the quarter that goes on counts, and more than 31 days are refused', async () => {
  const { app, history } = testApi();
  await app.inject(`${url}&from=${startAt - 1}&to=${startAt + 1}`);
  expect(history.statisticsQueries[0]).toMatchObject({ from: startAt - 900_000, to: startAt + 900_000 });

  const long = await app.inject(`${url}&from=0&to=${32 * day}`);
  expect([long.statusCode, long.json().code]).toEqual([400, 'request-invalid']);
});

test('a camera of another ground is not there', async () => {
  const { app, history, resources } = testApi();
  resources.userList.push({ id: 'wang', ground: '431103110202', passwordHash: testHash });
  const answer = await app.inject({ url, headers: basic('wang', testSecret) });

  expect([answer.statusCode, answer.json().code]).toEqual([404, 'camera-unknown']);
  expect(history.statisticsQueries).toEqual([]);
});

test('hours of the day are those of the site, of the asker’s ground alone', async () => {
  const { app, history, resources } = testApi();
  const answer = await app.inject('/api/v1/statistics/hours?by=scenario');
  expect(answer.json()).toMatchObject({
    ...{ by: 'scenario', timezone: 'Asia/Shanghai', isTruncated: false },
    items: [{ key: 'gate-night', hour: 22, count: 3 }],
  });

  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const headers = basic('wang', testSecret);
  await app.inject({ url: '/api/v1/statistics/hours', headers });
  const other = await app.inject({ url: '/api/v1/statistics/hours?place=431103110202', headers });
  expect(other.json().items).toEqual([]);
  expect(history.statisticsQueries.map((query) => 'placePrefix' in query && query.placePrefix)).toEqual([
    '431103110',
    village,
  ]);
});

test('the legend names what stands in the asker’s ground, the zone and the usual deadlines', async () => {
  const { app, resources } = testApi();
  const answer = await app.inject('/api/v1/statistics/legend');
  expect(answer.json()).toMatchObject({
    timezone: 'Asia/Shanghai',
    deadlines: [
      { place: '', severities: [], acknowledgedMs: 60_000, onSceneMs: 180_000, resolvedMs: 300_000 },
    ],
  });
  expect(answer.json().cameras).toContainEqual({
    ...{ id: 'gate-1', name: expect.any(String), place: village, lines: [], isWatchedForActivity: false },
  });

  resources.userList.push({ id: 'wang', ground: '431103110299', passwordHash: testHash });
  const other = await app.inject({
    url: '/api/v1/statistics/legend',
    headers: basic('wang', testSecret),
  });
  expect([other.json().cameras, other.json().scenarios]).toEqual([[], []]);
});
