import { Compile } from 'typebox/compile';
import { expect, test, vi } from 'vitest';
import type { UserRole } from '../../core/schema/role.ts';
import { neighbour, otherTownship, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';
import { MapView } from '../schema/map-views.ts';

vi.setConfig({ testTimeout: 20_000 });
const url = '/api/v1/map';
const gateway = { url: 'http://127.0.0.1:1/' };
const recordings = [{ id: 'leave', name: '请离开' }];

const opened = () => {
  const api = testApi();
  const { loudspeakerList, responderList, monitoringPointList, userList } = api.resources;
  const location = { longitude: 111.6, latitude: 26.3 };
  loudspeakerList.push({
    id: 'horn',
    name: '广播',
    place: village,
    location,
    gateway,
    device: 'd',
    recordings,
  });
  responderList.push({ id: 'wang', name: '网格员', place: village, phone: '139' });
  monitoringPointList.push({ id: 'room', name: '监控室', place: neighbour, location });
  monitoringPointList.push({ id: 'far', name: '别处', place: otherTownship });
  const asked = async (role: UserRole, ground: string) => {
    userList.push({ id: role, ground, roles: [role], passwordHash: testHash });
    return (await api.app.inject({ url, headers: basic(role, testSecret) })).json();
  };
  return { ...api, asked };
};

test('the map tells what stands on it, where, and not how it is reached', async () => {
  const { app } = opened();
  const answer = (await app.inject(url)).json();

  expect([...Compile(MapView).Errors(answer)]).toEqual([]);
  expect(answer.marks).toContainEqual({
    ...{ kind: 'loudspeaker', id: 'horn', name: '广播', place: village },
    location: { longitude: 111.6, latitude: 26.3 },
  });
  expect(answer.marks).toContainEqual({
    ...{ kind: 'responder', id: 'wang', name: '网格员', place: village },
    location: { longitude: 111.582, latitude: 26.318 },
  });
  expect(JSON.stringify(answer)).not.toMatch(/139|127\.0\.0\.1/);
});

test('who asks sees the marks of the own ground, as far as the own rights go', async () => {
  const { asked } = opened();

  expect((await asked('engineer', village)).marks).toEqual([]);
  expect((await asked('dispatcher', village)).marks.map(({ id }: { id: string }) => id)).toEqual([
    'horn',
    'wang',
  ]);
  expect((await asked('operator', neighbour)).marks).toMatchObject([{ id: 'room' }]);
});

test('tiles may come from the host that the site names, and from no other', async () => {
  const { app, resources } = opened();
  const images = async () =>
    /img-src ([^;]*?) *(?:;|$)/.exec(
      String((await app.inject('/api/v1/health')).headers['content-security-policy']),
    )?.[1];
  expect(await images()).toBe("'self' blob: data:");

  const tiles = { attribution: '天地图', maxZoom: 18, coordinates: 'cgcs2000' } as const;
  resources.map = { tiles: { ...tiles, url: 'https://tiles.example:8443/{z}/{x}/{y}.png?tk=1' }, zoom: 13 };

  expect(await images()).toBe("'self' blob: data: https://tiles.example:8443");
  expect((await app.inject(url)).json()).toMatchObject({ tiles: { ...tiles }, zoom: 13 });
  resources.map = { tiles: { ...tiles, url: '/tiles/{z}/{x}/{y}.png' } };
  expect(await images()).toBe("'self' blob: data:");
});
