import { expect, test, vi } from 'vitest';
import { neighbour, startAt, village } from '../../test/fixtures/api/alert-events.ts';
import {
  basic,
  cameraStatus,
  testApi,
  testHash,
  testSecret,
  township,
} from '../../test/fixtures/api/test-api.ts';

const day = 86_400_000;

test('places are those of the ground', async () => {
  const codesOf = async (query: string) =>
    (await testApi().app.inject(`/api/v1/places${query}`))
      .json()
      .items.map(({ code }: { code: string }) => code);

  expect(await codesOf('')).toEqual([township, village, neighbour]);
  expect(await codesOf(`?place=${village}`)).toEqual([village]);
  expect(await codesOf('?place=431103111')).toEqual([]);
});

test('tracks are counted over the last day by camera and hour unless told otherwise', async () => {
  const { app, history } = testApi();
  const answer = await app.inject('/api/v1/tracks/counts');

  expect(answer.json()).toEqual({
    from: startAt - day,
    to: startAt,
    items: [{ key: 'gate-1', label: 'person', at: startAt - day, count: 3 }],
    isTruncated: false,
  });
  expect(history.countQueries[0]).toMatchObject({ by: 'camera', bucket: 'hour', timezone: 'Asia/Shanghai' });
});

test('counts are asked for with the keys given, in the zone of the site', async () => {
  const { app, history, resources } = testApi();
  resources.timezone = 'Not/AZone';
  await app.inject(
    `/api/v1/tracks/counts?place=${village}&from=5&to=9&by=place&bucket=day&label=car&camera=gate-1`,
  );

  expect(history.countQueries).toEqual([
    {
      ...{ placePrefix: village, from: 5, to: 9, by: 'place', bucket: 'day', labels: ['car'] },
      ...{ cameraIds: ['gate-1'], timezone: 'Asia/Shanghai', limit: 10_001 },
    },
  ]);
});

test('a time that ends before it begins is refused', async () => {
  const answer = await testApi().app.inject('/api/v1/tracks/counts?from=9&to=9');

  expect([answer.statusCode, answer.json().message]).toEqual([
    400,
    'query: from is 9; it must lie before to, 9',
  ]);
});

test('health names what is wrong, and counts cameras of the ground alone', async () => {
  const { app, bus, history, clock } = testApi();
  await app.ready();
  bus.push('HEALTH', cameraStatus());
  const role = { role: 'worker', id: 'worker-1', pid: 9, rssBytes: 1, eventLoopDelayP99Ms: 1 } as const;
  bus.push('ROLES', { ...role, at: startAt, startedAt: startAt, address: '10.0.0.1:9' });
  const health = async () => (await app.inject('/api/v1/health')).json();
  await vi.waitFor(async () => expect((await health()).roles).toHaveLength(1));

  expect(await health()).toMatchObject({
    state: 'degraded',
    problems: ['1 of 2 cameras give no picture'],
    cameras: { total: 2, live: 1, unknown: 1 },
    disk: { freeBytes: expect.any(Number) },
  });
  expect(JSON.stringify(await health())).not.toContain('10.0.0.1');
  await clock.advance(10_001);
  bus.isConnected = false;
  history.state = { ...history.state, isReachable: false, isFull: true, damagedParts: 2 };
  expect(await health()).toMatchObject({
    state: 'down',
    problems: [
      'the bus is not connected: alerts do not arrive',
      'the history cannot be reached: alerts cannot be listed',
      'the history is full: nothing new is written to it',
      '2 parts of the history are damaged',
      '2 of 2 cameras give no picture',
      'role worker worker-1 is silent',
    ],
  });
  await app.close();
});

test('metrics of all roles are answered together, our own among them, and alone without the bus', async () => {
  const { app, bus } = testApi();
  bus.answerMetrics(async () => '# HELP a A.\na{role="worker"} 1\n');
  await app.inject('/metrics');
  const { body } = await app.inject('/metrics');
  expect(body).toContain('# HELP a A.\na{role="worker"} 1\n');
  expect(body).toContain('xueliang_api_request_seconds_count');
  bus.gatherMetrics = () => Promise.reject(new Error('no bus'));

  const answer = await app.inject('/metrics');

  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.body).toContain('xueliang_api_request_seconds_count');
});

test('metrics are not for who may see only a part of the site', async () => {
  const { app, resources } = testApi();
  resources.userList.push({
    ...{ id: 'wang', ground: village, passwordHash: testHash },
    roles: ['systemAdministrator'],
  });

  const answer = await app.inject({ url: '/metrics', headers: basic('wang', testSecret) });

  expect([answer.statusCode, answer.json().code]).toEqual([403, 'ground-forbidden']);
});
