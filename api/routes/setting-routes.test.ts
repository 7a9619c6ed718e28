import { expect, test } from 'vitest';
import { parseSite } from '../../core/config/read-site.ts';
import { rightsOf, type UserRole, userRoles } from '../../core/schema/role.ts';
import type { Site } from '../../core/schema/site.ts';
import { basic, TestResources, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';
import { fullSiteYaml } from '../../test/fixtures/full-site.ts';
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

const opened = async () => {
  const resources = new FullResources();
  const api = testApi({ resources });
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
