import { expect, test, vi } from 'vitest';
import { requireFitModel } from '../../core/config/check-model.ts';
import { parseSite } from '../../core/config/read-site.ts';
import { rightsOf, type UserRole, userRoles } from '../../core/schema/role.ts';
import type { Site } from '../../core/schema/site.ts';
import { basic, TestResources, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';
import { fullSiteYaml } from '../../test/fixtures/full-site.ts';
import type { ApiDeps } from '../index.ts';
import { sectionRules, settingSections } from '../settings/sections.ts';

const fullSite = (): Site => {
  const { site } = parseSite(fullSiteYaml);
  if (!site) throw new TypeError('the full site is not sound');
  return site;
};

/** A sound site with one of everything, stored and in force. */
class FullResources extends TestResources {
  readonly #site = fullSite();
  override site = () => ({ ...this.#site.site, timezone: 'Asia/Shanghai' });
  override places = () => this.#site.places;
  override cameras = () => this.#site.cameras;
  override scenarios = () => this.#site.scenarios as never[];
  override calendars = () => (this.#site.calendars ?? []) as never[];
  override loudspeakers = () => (this.#site.loudspeakers ?? []) as never[];
  override webhooks = () => (this.#site.webhooks ?? []) as never[];
  override upstreams = () => (this.#site.upstreams ?? []) as never[];
  override responders = () => (this.#site.responders ?? []) as never[];
  override monitoringPoints = () => (this.#site.monitoringPoints ?? []) as never[];
}

const opened = async (options: Partial<ApiDeps> = {}) => {
  const resources = new FullResources();
  const api = testApi({ resources, ...options });
  for (const section of settingSections) {
    for (const item of resources[section]()) {
      const { code, id = code } = item as { id?: string; code?: string };
      await api.store.put(`${section}.${id}`, item, 0);
    }
  }
  const call = (method: 'GET' | 'PUT' | 'DELETE', path: string, payload?: object, headers = {}) =>
    api.app.inject({ method, url: `/api/v1/settings/${path}`, headers, ...(payload ? { payload } : {}) });
  const signIn = (roles: UserRole[], ground = '431103110') => {
    resources.userList.push({ id: 'wang', ground, roles, passwordHash: testHash });
    return basic('wang', testSecret);
  };
  return { ...api, resources, call, signIn };
};
const [camera] = fullSite().cameras;

vi.setConfig({ testTimeout: 20_000 });

test('what is got can be put back, with its revision', async () => {
  const { call, store, bus } = await opened();
  const got = await call('GET', 'cameras/gate-1');
  const renamed = { ...got.json(), name: '村口二' };

  const answer = await call('PUT', 'cameras/gate-1', renamed, { 'if-match': got.headers.etag });

  expect(answer.json()).toMatchObject({ changes: ['name: "村口" → "村口二"'] });
  expect((await store.get('cameras.gate-1'))?.value).toMatchObject({ name: '村口二' });
  expect((await bus.lastAudit())?.value.entry).toMatchObject({
    ...{ who: 'local', what: 'resourceWritten', target: 'cameras.gate-1' },
  });
});

test('a dry run says what would change and changes nothing', async () => {
  const { call, store, bus } = await opened();
  const got = await call('GET', 'cameras/gate-1');
  const renamed = { ...got.json(), name: '村口二' };

  const answer = await call('PUT', 'cameras/gate-1?dryRun=true', renamed, { 'if-match': got.headers.etag });

  expect(answer.json()).toEqual({ revision: 0, changes: ['name: "村口" → "村口二"'] });
  expect((await store.get('cameras.gate-1'))?.value).toMatchObject({ name: '村口' });
  expect(await bus.lastAudit()).toBeUndefined();
});

test.each([
  ['without a revision', {}, 428, 'revision-missing'],
  ['with an old revision', { 'if-match': '"999"' }, 412, 'setting-stale'],
  ['as new, when it is there', { 'if-none-match': '*' }, 412, 'setting-stale'],
])('a change %s is refused', async (_, headers, status, code) => {
  const { call } = await opened();

  const answer = await call('PUT', 'cameras/gate-1', camera, headers);

  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});

test('a change that somebody else was quicker with is refused', async () => {
  const { call, store } = await opened();
  const { etag } = (await call('GET', 'cameras/gate-1')).headers;
  const read = store.get.bind(store);
  store.get = async (key) => {
    const seen = await read(key);
    if (seen) await store.put(key, seen.value, seen.revision);
    return seen;
  };

  expect((await call('PUT', 'cameras/gate-1', camera, { 'if-match': etag })).statusCode).toBe(412);
});

test('a resource that others need cannot be removed', async () => {
  const { call } = await opened();
  const { etag } = (await call('GET', 'cameras/gate-1')).headers;

  const answer = await call('DELETE', 'cameras/gate-1', undefined, { 'if-match': etag });

  expect(answer.json()).toMatchObject({
    code: 'setting-unsound',
    message: expect.stringContaining("no camera 'gate-1'"),
  });
});

test('the law holds over the API as it does for a file', async () => {
  const { call } = await opened();
  const { etag } = (await call('GET', 'cameras/gate-1')).headers;
  const atCourt = { ...camera, register: { ...camera?.register, category: 'court' } };

  const answer = await call('PUT', 'cameras/gate-1', atCourt, { 'if-match': etag });

  expect(answer.json().message).toContain('no scenario about people is allowed');
});

test('regression: an address that would run a program is refused (Frigate CVE-2026-25643)', async () => {
  const { call } = await opened();
  const { etag } = (await call('GET', 'cameras/gate-1')).headers;

  for (const url of ['exec:/bin/sh', 'echo:x', 'file:///etc/passwd', 'http://127.0.0.1/', '-rtsp://x']) {
    const answer = await call('PUT', 'cameras/gate-1', { ...camera, stream: { url } }, { 'if-match': etag });
    expect([url, answer.statusCode]).toEqual([url, 400]);
  }
});

test('what lies outside the asker’s ground is not there, and nothing can be moved there', async () => {
  const { call, signIn } = await opened();
  const far = signIn(['engineer'], '431103110299');

  expect((await call('GET', 'cameras/gate-1', undefined, far)).statusCode).toBe(404);
  expect((await call('PUT', 'cameras/gate-1', camera, { ...far, 'if-none-match': '*' })).json().code).toBe(
    'ground-forbidden',
  );
});

test.each(userRoles)('a %s: the role’s rights decide, section by section', async (role) => {
  const { call, signIn, resources } = await opened();
  const credentials = signIn([role]);

  const statuses = await Promise.all(
    settingSections.map(async (section) => {
      const { code, id = code } = resources[section]()[0] as { id?: string; code?: string };
      return (await call('GET', `${section}/${id}`, undefined, credentials)).statusCode;
    }),
  );

  const held = rightsOf([role]);
  expect(statuses).toEqual(
    settingSections.map((section) => (held.has(sectionRules[section].right) ? 200 : 403)),
  );
});

test.each(settingSections)('the list of %s tells each with its revision, for the ground', async (section) => {
  const { call, store, signIn, resources } = await opened();
  const wanted = resources[section]().map((item) => {
    const { code, id = code } = item as { id?: string; code?: string };
    return { revision: store.entries.get(`${section}.${id}`)?.revision, value: item };
  });
  const { items } = (await call('GET', `${section}?limit=200`)).json();
  expect(items).toHaveLength(wanted.length);
  expect(items).toEqual(expect.arrayContaining(wanted));

  const far = signIn(userRoles.slice(), '431103110299');
  expect((await call('GET', section, undefined, far)).json()).toEqual({ items: [] });
});

test('a list is paged by its cursor', async () => {
  const { call, resources } = await opened();
  const first = (await call('GET', 'scenarios?limit=5')).json();
  const next = (await call('GET', `scenarios?limit=200&cursor=${first.nextCursor}`)).json();
  const ids = [...first.items, ...next.items].map(({ value }: { value: { id: string } }) => value.id);

  expect(ids).toEqual(
    resources
      .scenarios()
      .map(({ id }: { id: string }) => id)
      .sort(),
  );
  expect(next).not.toHaveProperty('nextCursor');
});

test('credentials are never read: not from one, a list or what a change tells', async () => {
  const { call, store } = await opened();
  const secret = { ...camera, stream: { url: 'rtsp://127.0.0.1/user=admin_password=hunter2' } };
  const revision = await store.put(
    'cameras.gate-1',
    secret,
    (await store.get('cameras.gate-1'))?.revision ?? 0,
  );
  const got = await call('GET', 'cameras/gate-1');
  const put = await call(
    'PUT',
    'cameras/gate-1',
    { ...got.json(), name: '村口二' },
    { 'if-match': `"${revision}"` },
  );

  for (const answer of [got, await call('GET', 'cameras'), put]) expect(answer.body).not.toContain('hunter2');
  expect((await store.get('cameras.gate-1'))?.value).toMatchObject({ name: '村口二', stream: secret.stream });
});

test('the settings of the site are got and put, and checked as a whole', async () => {
  const { call, store, resources } = await opened();
  await store.put('site.settings', fullSite().site, 0);
  const got = await call('GET', 'site');
  const put = (change: object, headers = { 'if-match': String(got.headers.etag) }) =>
    call('PUT', 'site', { ...got.json(), ...change }, headers);

  expect((await put({ place: '431104110' })).json().code).toBe('ground-forbidden');
  expect((await put({ deadlines: [{ acknowledge: '5m', onScene: '1m' }] })).json().code).toBe(
    'setting-unsound',
  );
  expect((await put({ deadlines: [{ acknowledge: '2m' }] })).json()).toMatchObject({
    changes: ['deadlines: nothing → [{"acknowledge":"2m"}]'],
  });
  expect((await put({})).json().code).toBe('setting-stale');
  expect(resources.site().place).toBe('431103110');
});

test('the settings of the site are not there for whoever has a part of it', async () => {
  const { call, store, signIn } = await opened();
  await store.put('site.settings', fullSite().site, 0);

  expect(
    (await call('GET', 'site', undefined, signIn(['systemAdministrator'], '431103110201'))).statusCode,
  ).toBe(404);
});

test('a scenario that the model cannot serve is refused, as apply does', async () => {
  const asked: string[] = [];
  const { call, store } = await opened({
    requireFit: async ({ scenarios, site }) => {
      asked.push(site.id);
      requireFitModel(scenarios, { id: 'small', labels: ['person'] });
    },
  });
  const fire = await call('GET', 'scenarios/s-fire');
  const answer = await call(
    'PUT',
    'scenarios/s-fire',
    { ...fire.json(), name: '烟火二' },
    { 'if-match': fire.headers.etag },
  );

  expect([answer.statusCode, answer.json().code, asked]).toEqual([400, 'config-model-unfit', ['caishi']]);
  expect((await store.get('scenarios.s-fire'))?.value).toMatchObject({ name: '烟火' });
});
