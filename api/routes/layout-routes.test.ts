import { expect, test, vi } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { maxLayouts } from '../../core/schema/layout.ts';
import { startAt } from '../../test/fixtures/api/alert-events.ts';
import { ScriptedLayouts } from '../../test/fixtures/api/scripted-layouts.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';
import type { ApiDeps } from '../api-deps.ts';
import { SecretCheck } from '../auth/secret-check.ts';

// A busy machine takes its time to build one API a test.
vi.setConfig({ testTimeout: 30_000 });

const url = '/api/v1/layouts';
const day = { name: '早班', size: 4, cameraIds: ['gate-1', null, 'lane-2'] };

const openSite = (layoutStore = new ScriptedLayouts()) => {
  const clock = new SimulatedClock(startAt);
  // Of the secret nothing is asked here: every check of one costs a core.
  const secrets = new SecretCheck(clock, async () => true);
  const api = testApi({ host: '192.168.1.5', layoutStore, clock, secrets } as Partial<ApiDeps>);
  for (const id of ['wang', 'li'])
    api.resources.userList.push({ id, ground: township, roles: ['operator'], passwordHash: testHash });
  return { ...api, layoutStore };
};
type Site = ReturnType<typeof openSite>;

const ask = (
  { app }: Site,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  { user = 'wang', headers = {}, payload }: { user?: string; headers?: object; payload?: object } = {},
) =>
  app.inject({
    ...{ method, url: `${url}${path}`, headers: { ...basic(user, testSecret), ...headers } },
    ...(payload ? { payload } : {}),
  });
const added = { 'if-none-match': '*' };
const add = (site: Site, id: string, user = 'wang') =>
  ask(site, 'PUT', `/${id}`, { user, headers: added, payload: day });
const seen = (revision: number) => ({ 'if-match': `"${revision}"` });

test('a layout that somebody keeps is theirs, and nobody else’s', async () => {
  const site = openSite();

  expect((await add(site, 'day')).json()).toEqual({ layoutId: 'day', revision: 1, ...day });

  expect((await ask(site, 'GET', '')).json().items).toHaveLength(1);
  expect((await ask(site, 'GET', '/day')).json()).toMatchObject(day);
  expect((await ask(site, 'GET', '', { user: 'li' })).json()).toEqual({ items: [] });
  for (const method of ['GET', 'DELETE'] as const) {
    const answer = await ask(site, method, '/day', { user: 'li', headers: seen(1) });
    expect(answer.json()).toMatchObject({ code: 'layout-unknown' });
  }
});

test('of two pages that change one the second hears that it is not what it saw', async () => {
  const site = openSite();
  await add(site, 'day');
  const change = (name: string) => ask(site, 'PUT', '/day', { headers: seen(1), payload: { ...day, name } });

  expect((await change('夜班')).json()).toMatchObject({ name: '夜班', revision: 2 });
  expect((await change('晚班')).json()).toMatchObject({ code: 'setting-stale' });
  expect((await add(site, 'day')).json()).toMatchObject({ code: 'setting-stale' });
  expect((await ask(site, 'DELETE', '/day', { headers: seen(1) })).statusCode).toBe(412);
  expect((await ask(site, 'DELETE', '/day', { headers: seen(2) })).statusCode).toBe(204);
  expect((await ask(site, 'DELETE', '/day')).statusCode).toBe(404);
});

test('a layout that was removed and added anew is another than the one before', async () => {
  const site = openSite();
  await add(site, 'day');
  await ask(site, 'DELETE', '/day', { headers: seen(1) });

  expect((await add(site, 'day')).json()).toMatchObject({ revision: 3 });
});

test('a camera that is not in the ground, any more or ever, leaves its tile empty', async () => {
  const site = openSite();
  const payload = { ...day, cameraIds: ['gate-1', 'far-3', 'gone'] };

  const answer = await ask(site, 'PUT', '/day', { headers: added, payload });

  expect(answer.json().cameraIds).toEqual(['gate-1', null, null]);
  expect((await ask(site, 'GET', '')).json().items[0].cameraIds).toEqual(['gate-1', null, null]);
});

test('twenty are enough for anybody', async () => {
  const site = openSite();
  for (let count = 0; count < maxLayouts; count++) await add(site, `wall-${count}`);

  expect((await add(site, 'another')).json()).toMatchObject({ code: 'layouts-full' });
  expect((await add(site, 'another', 'li')).statusCode).toBe(200);
});

test('what another page writes in between is not lost', async () => {
  const site = openSite();
  site.layoutStore.beforeWrite = () => {
    site.layoutStore.beforeWrite = () => {};
    const other = { layoutId: 'other', revision: 1, name: '大屏', size: 1 as const, cameraIds: [] };
    site.layoutStore.write('wang', { schemaVersion: 1, revision: 1, layouts: [other] });
  };

  expect((await add(site, 'day')).json()).toMatchObject({ revision: 2 });

  const { items } = (await ask(site, 'GET', '')).json();
  expect(items.map(({ layoutId }: { layoutId: string }) => layoutId)).toEqual(['other', 'day']);
});

test('whoever never gets to write is told to come again', async () => {
  const site = openSite();
  site.layoutStore.beforeWrite = () => {
    site.layoutStore.write('wang', { schemaVersion: 1, revision: 9, layouts: [] });
  };

  const answer = await add(site, 'day');

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'layouts-busy']);
});

test.each([
  ['no name', { ...day, name: '' }],
  ['spaces around the name', { ...day, name: ' 早班' }],
  ['a long name', { ...day, name: 'x'.repeat(41) }],
  ['five tiles', { ...day, size: 5 }],
  ['seventeen cameras', { ...day, cameraIds: Array.from({ length: 17 }, () => null) }],
  ['no camera id', { ...day, cameraIds: ['../x'] }],
])('%s is refused', async (_, payload) => {
  const answer = await ask(openSite(), 'PUT', '/day', { headers: added, payload });

  expect(answer.statusCode).toBe(400);
});

test('a site without users keeps those of whoever operates its machine', async () => {
  const { app } = testApi();

  await app.inject({ method: 'PUT', url: `${url}/day`, headers: added, payload: day });

  expect((await app.inject({ url })).json().items).toHaveLength(1);
});

test('a name that is given to somebody new does not come with a wall', async () => {
  const site = openSite();
  site.resources.userList.push({
    ...{ id: 'sec', ground: township, roles: ['securityAdministrator'], passwordHash: testHash },
  });
  for (const one of site.resources.userList) await site.store.put(`users.${one.id}`, one, 0);
  await add(site, 'day');
  const revision = site.store.entries.get('users.wang')?.revision ?? 0;

  const answer = await site.app.inject({
    ...{ method: 'DELETE', url: '/api/v1/users/wang' },
    headers: { ...basic('sec', testSecret), ...seen(revision) },
  });

  expect(answer.statusCode).toBe(204);
  expect(site.layoutStore.entries.size).toBe(0);
});
