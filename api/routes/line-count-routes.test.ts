import { expect, test } from 'vitest';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const day = 86_400_000;
const path = '/api/v1/statistics/line-counts';

test('crossings are added up over the last day by the hour unless told otherwise', async () => {
  const { app, history } = testApi();
  const answer = await app.inject(path);

  expect(answer.json()).toEqual({
    ...{ from: startAt - day, to: startAt, step: 'hour', isTruncated: false },
    items: [
      {
        ...{ cameraId: 'gate-1', lineId: 'line-1', label: 'person', direction: 'forward' },
        ...{ at: startAt - day, count: 3 },
      },
    ],
  });
  expect(history.lineCountQueries[0]).toMatchObject({
    cameraIds: [],
    lineIds: [],
    timezone: 'Asia/Shanghai',
  });
});

test('they are asked for by camera, line and step, in the zone of the site', async () => {
  const { app, history, resources } = testApi();
  resources.timezone = 'Not/AZone';
  await app.inject(`${path}?place=${village}&camera=gate-1&line=line-1&line=line-2&from=5&to=9&step=minute`);

  expect(history.lineCountQueries).toEqual([
    {
      ...{ placePrefix: village, from: 5, to: 9, step: 'minute', cameraIds: ['gate-1'] },
      ...{ lineIds: ['line-1', 'line-2'], timezone: 'Asia/Shanghai', limit: 10_001 },
    },
  ]);
});

test.each([
  ['from=9&to=9', 'query: from is 9; it must lie before to, 9'],
  ['step=week', 'step'],
  ['line=../x', 'line'],
  ['who=wang', 'who'],
])('refuses %s', async (query, message) => {
  const answer = await testApi().app.inject(`${path}?${query}`);

  expect(answer.statusCode).toBe(400);
  expect(answer.json().message).toContain(message);
});

test('nobody is told of a ground that is not his', async () => {
  const { app, history, resources } = testApi();
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const headers = basic('wang', testSecret);
  await app.inject({ url: path, headers });
  const other = await app.inject({ url: `${path}?place=431103110202`, headers });

  expect(history.lineCountQueries.map(({ placePrefix }) => placePrefix)).toEqual([village]);
  expect(other.json().items).toEqual([]);
});
