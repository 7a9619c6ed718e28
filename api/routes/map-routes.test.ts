import { gunzipSync } from 'node:zlib';
import { Compile } from 'typebox/compile';
import { expect, test, vi } from 'vitest';
import {
  neighbour,
  raisedAlert,
  raisedEvent,
  startAt,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import {
  basic,
  cameraStatus,
  testApi,
  testHash,
  testSecret,
  township,
} from '../../test/fixtures/api/test-api.ts';
import { CameraPositions, PlaceTree } from '../schema/map-views.ts';

vi.setConfig({ testTimeout: 20_000 });
const tree = '/api/v1/places/tree';
const positions = '/api/v1/cameras/positions';

const opened = async () => {
  const api = testApi();
  api.bus.push('ALERTS', raisedEvent(raisedAlert({ place: village, severity: 'high' })));
  api.bus.push('HEALTH', cameraStatus({ picture: { condition: 'covered', since: startAt } }));
  await api.app.ready();
  await vi.waitFor(async () => expect((await api.app.inject('/api/v1/alerts/open')).json().total).toBe(1));
  return api;
};
const itemsOf = (answer: { json(): { items: { code: string }[] } }) =>
  new Map(answer.json().items.map((item) => [item.code, item]));

test('what is in a place counts in every place above it', async () => {
  const { app } = await opened();
  const answer = await app.inject(tree);

  expect([...Compile(PlaceTree).Errors(answer.json())]).toEqual([]);
  const items = itemsOf(answer);
  expect(items.get(village)).toMatchObject({
    parent: township,
    cameras: { total: 1, live: 1, unusable: 1 },
    openAlerts: { urgent: 0, high: 1, medium: 0, low: 0 },
  });
  expect(items.get(township)).toMatchObject({
    cameras: { total: 2, live: 1, unknown: 1 },
    openAlerts: { high: 1 },
  });
});

test('a status that is too old counts as unknown', async () => {
  const { app, clock } = await opened();
  await clock.advance(11_000);

  expect(itemsOf(await app.inject(tree)).get(village)).toMatchObject({
    cameras: { live: 0, unknown: 1, unusable: 0 },
  });
});

test('the map shows the ground of who asks, and no alerts to those who may not read them', async () => {
  const { app, resources } = await opened();
  resources.userList.push({ id: 'wang', ground: village, roles: ['engineer'], passwordHash: testHash });
  resources.userList.push({ id: 'li', ground: neighbour, roles: ['operator'], passwordHash: testHash });
  const ask = async (user: string, url: string) =>
    (await app.inject({ url, headers: basic(user, testSecret) })).json();

  const { items } = await ask('wang', tree);
  expect(items).toMatchObject([{ code: village }]);
  expect(items[0]).not.toHaveProperty('parent');
  expect((await ask('wang', positions)).ids).toEqual(['gate-1']);
  expect((await ask('li', tree)).items).toMatchObject([{ code: neighbour, openAlerts: { high: 0 } }]);
  expect(await ask('li', `${positions}?place=${village}`)).toMatchObject({ ids: [] });
});

test('positions are lists of one length, packed for those who take it, and not sent twice', async () => {
  const { app, resources } = await opened();
  const [camera] = resources.cameraList;
  if (camera) resources.cameraList[0] = { ...camera, location: { longitude: 111.6, latitude: 26.3 } };

  const answer = await app.inject({ url: positions, headers: { 'accept-encoding': 'br, gzip' } });
  const body = JSON.parse(gunzipSync(answer.rawPayload).toString());
  expect([...Compile(CameraPositions).Errors(body)]).toEqual([]);
  expect(body).toMatchObject({
    ids: ['gate-1', 'lane-2'],
    longitudes: [111.6, null],
    states: ['live', 'unknown'],
    unusable: [0],
    awake: [0],
  });
  const again = await app.inject({
    url: positions,
    headers: { 'if-none-match': String(answer.headers.etag) },
  });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});
