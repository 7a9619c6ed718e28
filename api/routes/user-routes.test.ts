import { expect, test, vi } from 'vitest';
import { neighbour, village } from '../../test/fixtures/api/alert-events.ts';
import { signedInPage, someone, testSite } from '../../test/fixtures/api/signed-in-page.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';
import { isSecretOf } from '../auth/password-hash.ts';

// Every sign-in costs 32 MiB and a core: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const url = '/api/v1/users';
const zhao = someone('zhao', township, 'securityAdministrator');
const li = someone('li', village, 'operator');
const strong = 'three stones under the locust';

const openSite = async (...users: Parameters<typeof testSite>) => {
  const api = await testSite(zhao, ...users);
  return { ...api, page: await signedInPage(api.app, 'zhao') };
};
type Site = Awaited<ReturnType<typeof openSite>>;
const revisionOf = ({ store }: Site, id: string) => ({
  'if-match': `"${store.entries.get(`users.${id}`)?.revision}"`,
});
const storedUser = ({ store }: Site, id: string) => store.entries.get(`users.${id}`)?.value;
const auditOf = ({ bus }: Site) => bus.stored('AUDIT').map(({ value }) => JSON.stringify(value));

test('users are listed within the ground, without their hashes', async () => {
  const site = await openSite(li, someone('sun', '4311', 'operator'));

  const answer = await site.page.ask('GET', url);
  const own = await site.page.ask('GET', `${url}/li`);

  expect(answer.json().items).toEqual([
    { id: 'li', ground: village, roles: ['operator'], revision: 2 },
    { id: 'zhao', ground: township, roles: ['securityAdministrator'], revision: 1 },
  ]);
  expect([own.json().id, own.headers['etag']]).toEqual(['li', '"2"']);
  expect((await site.page.ask('GET', `${url}/sun`)).json()).toMatchObject({ code: 'user-unknown' });
  expect(answer.body + own.body).not.toMatch(/scrypt|passwordHash/);
});

test('a new user gets a random secret that is shown once, and stored nowhere', async () => {
  const site = await openSite();
  const payload = { id: 'li', ground: village, roles: ['operator', 'dispatcher'] };

  const answer = await site.page.ask('POST', url, payload);

  expect(answer.statusCode).toBe(201);
  const { secret } = answer.json() as { secret: string };
  const stored = storedUser(site, 'li') as { passwordHash: string };
  expect(stored).toMatchObject(payload);
  expect(await isSecretOf(secret, stored.passwordHash)).toBe(true);
  expect(JSON.stringify([...site.store.entries]) + auditOf(site) + site.logged.join('')).not.toContain(
    secret,
  );
  expect((await site.page.ask('GET', `${url}/li`)).body).not.toContain(secret);
  expect(auditOf(site).at(-1)).toContain('"target":"users.li"');
});

test('a secret that is given is not shown, and has to be strong', async () => {
  const site = await openSite();
  const add = (id: string, secret: string) =>
    site.page.ask('POST', url, { id, ground: village, roles: ['operator'], secret });

  expect((await add('li', 'admin1234567')).json()).toMatchObject({ code: 'secret-weak' });
  expect((await add('li', 'li')).json()).toMatchObject({ code: 'request-invalid' });
  const answer = await add('li', strong);
  expect(answer.statusCode).toBe(201);
  expect(answer.body).not.toContain(strong);
  expect((await add('li', strong)).json()).toMatchObject({ code: 'account-taken' });
});

test.each([
  [['systemAdministrator', 'securityAdministrator']],
  [['systemAdministrator', 'auditor']],
  [['securityAdministrator', 'auditor']],
  [['operator', 'auditor']],
  [['securityAdministrator', 'dispatcher']],
  [['engineer', 'systemAdministrator']],
])('nobody is %j: the three administrators are apart', async (roles) => {
  const site = await openSite(li);
  const changed = await site.page.ask('PUT', `${url}/li`, { ground: village, roles }, revisionOf(site, 'li'));
  const added = await site.page.ask('POST', url, { id: 'sun', ground: village, roles });

  expect([changed.json().code, added.json().code]).toEqual(['roles-apart', 'roles-apart']);
});

test('a change of roles or ground needs the revision that was seen, and ends the user’s sessions', async () => {
  const site = await openSite(li);
  const { app, resources, page } = site;
  const theirs = await signedInPage(app, 'li');
  const payload = { ground: neighbour, roles: ['engineer'] };

  expect((await page.ask('PUT', `${url}/li`, payload)).statusCode).toBe(428);
  expect((await page.ask('PUT', `${url}/li`, payload, { 'if-match': '"99"' })).statusCode).toBe(412);
  expect((await theirs.ask('GET', '/api/v1/session')).statusCode).toBe(200);
  const answer = await page.ask('PUT', `${url}/li`, payload, revisionOf(site, 'li'));
  resources.userList.splice(1, 1, storedUser(site, 'li') as never);

  expect(answer.json()).toMatchObject({ id: 'li', ...payload });
  expect((await theirs.ask('GET', '/api/v1/session')).statusCode).toBe(401);
  expect(auditOf(site).at(-1)).toContain(`roles operator → engineer; ground ${village} → ${neighbour}`);
});

test('a new secret ends the old one and its sessions', async () => {
  const site = await openSite(li);
  const { app, resources, page } = site;
  const theirs = await signedInPage(app, 'li');
  const answer = await page.ask('POST', `${url}/li/secret`, {}, revisionOf(site, 'li'));
  resources.userList.splice(1, 1, storedUser(site, 'li') as never);
  const { secret } = answer.json() as { secret: string };

  expect((await theirs.ask('GET', '/api/v1/session')).statusCode).toBe(401);
  expect((await app.inject({ url: '/api/v1/session', headers: basic('li', testSecret) })).statusCode).toBe(
    401,
  );
  expect((await app.inject({ url: '/api/v1/session', headers: basic('li', secret) })).json().id).toBe('li');
});

test('a removed user is gone with their sessions', async () => {
  const site = await openSite(li);
  const theirs = await signedInPage(site.app, 'li');
  const answer = await site.page.ask('DELETE', `${url}/li`, undefined, revisionOf(site, 'li'));
  site.resources.userList.splice(1, 1);

  expect(answer.statusCode).toBe(204);
  expect(storedUser(site, 'li')).toBeUndefined();
  expect((await theirs.ask('GET', '/api/v1/session')).statusCode).toBe(401);
});

test('regression: nobody makes themselves more, neither by address nor by a field of a body (WVP userId)', async () => {
  const site = await openSite(li);
  const own = { ground: township, roles: ['auditor'] };

  expect((await site.page.ask('PUT', `${url}/zhao`, own, revisionOf(site, 'zhao'))).json().code).toBe(
    'own-account',
  );
  expect(
    (await site.page.ask('DELETE', `${url}/zhao`, undefined, revisionOf(site, 'zhao'))).json().code,
  ).toBe('own-account');
  const more = { ...own, id: 'zhao', passwordHash: testHash, rights: ['audit.read'] };
  const answer = await site.page.ask('PUT', `${url}/li`, more, revisionOf(site, 'li'));
  expect(answer.json().code).toBe('request-invalid');
  expect(storedUser(site, 'zhao')).toMatchObject({ roles: ['securityAdministrator'] });
});

test.each(['operator', 'dispatcher', 'engineer', 'systemAdministrator', 'auditor'] as const)(
  'regression: a user who is %s gives no rights (Frigate CVE-2026-75607)',
  async (role) => {
    const { app } = await testSite(zhao, someone('li', township, role));
    const page = await signedInPage(app, 'li');
    const user = { ground: township, roles: ['operator'] };

    for (const answer of [
      await page.ask('POST', url, { id: 'new', ...user }),
      await page.ask('PUT', `${url}/zhao`, user, { 'if-match': '"1"' }),
      await page.ask('POST', `${url}/zhao/secret`, {}, { 'if-match': '"1"' }),
      await page.ask('DELETE', `${url}/zhao`, undefined, { 'if-match': '"1"' }),
      await page.ask('POST', '/api/v1/keys', { id: 'k', ...user, expires: 1 }),
      await page.ask('DELETE', '/api/v1/keys/k'),
    ])
      expect(answer.json()).toMatchObject({ code: 'right-missing' });
  },
);

test('rights are given within the own ground alone', async () => {
  const site = await openSite(li, someone('sun', '4311', 'operator'));
  const beyond = { ground: '4311', roles: ['operator'] };

  expect((await site.page.ask('POST', url, { id: 'new', ...beyond })).json().code).toBe('ground-forbidden');
  expect((await site.page.ask('PUT', `${url}/li`, beyond, revisionOf(site, 'li'))).json().code).toBe(
    'ground-forbidden',
  );
  for (const [method, path] of [
    ['PUT', ''],
    ['POST', '/secret'],
    ['DELETE', ''],
  ] as const) {
    const payload = method === 'PUT' ? { ground: village, roles: ['operator'] } : {};
    const answer = await site.page.ask(method, `${url}/sun${path}`, payload, revisionOf(site, 'sun'));
    expect(answer.json().code, method).toBe('user-unknown');
  }
});

test('two security administrators who remove each other at once leave one', async () => {
  const site = await openSite(someone('qian', township, 'securityAdministrator'));
  const other = await signedInPage(site.app, 'qian');

  const answers = await Promise.all([
    site.page.ask('DELETE', `${url}/qian`, undefined, revisionOf(site, 'qian')),
    other.ask('DELETE', `${url}/zhao`, undefined, revisionOf(site, 'zhao')),
  ]);

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 409]);
  expect(answers[1]?.json().code).toBe('last-administrator');
});

test('two processes in which they remove each other at the same instant leave one, too', async () => {
  const site = await openSite(someone('qian', township, 'securityAdministrator'));
  const { store, resources } = site;
  const second = testApi({ host: '192.168.1.5', store, resources });
  const other = await signedInPage(second.app, 'qian');
  // Both have looked before either writes.
  let waiting = 0;
  let go = (): void => {};
  const both = new Promise<void>((resolve) => {
    go = resolve;
  });
  const remove = store.remove.bind(store);
  store.remove = async (...facts) => {
    if (++waiting === 2) go();
    await both;
    return remove(...facts);
  };

  const answers = await Promise.all([
    site.page.ask('DELETE', `${url}/qian`, undefined, revisionOf(site, 'qian')),
    other.ask('DELETE', `${url}/zhao`, undefined, revisionOf(site, 'zhao')),
  ]);
  await second.app.close();

  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
  expect(answers.find(({ statusCode }) => statusCode === 409)?.json().code).toBe('last-administrator');
});

test('the first user of an open site is one who can give rights', async () => {
  const { app } = testApi();
  const add = (role: string) =>
    app.inject({ method: 'POST', url, payload: { id: 'li', ground: village, roles: [role] } });

  expect((await add('operator')).json().code).toBe('last-administrator');
  expect((await add('securityAdministrator')).statusCode).toBe(201);
});

test('one changes one’s own secret with the present one', async () => {
  const site = await openSite(li);
  const { app, resources } = site;
  const theirs = await signedInPage(app, 'li');
  const change = (secret: string, newSecret: string) =>
    theirs.ask('POST', '/api/v1/session/secret', { secret, newSecret });

  expect((await change('wrong horse battery', strong)).json().code).toBe('not-signed-in');
  expect((await change(testSecret, 'password1234')).json().code).toBe('secret-weak');
  expect((await change(testSecret, strong)).statusCode).toBe(204);
  resources.userList.splice(1, 1, storedUser(site, 'li') as never);

  expect(storedUser(site, 'li')).toMatchObject({ ground: village, roles: ['operator'] });
  expect((await theirs.ask('GET', '/api/v1/session')).statusCode).toBe(401);
  expect((await app.inject({ url: '/api/v1/session', headers: basic('li', strong) })).json().id).toBe('li');
  expect(auditOf(site).join() + site.logged.join('')).not.toMatch(/locust|horse battery/);
});

test('the name constructor is a name like others; __proto__ is none (Shinobi CVE-2021-27228)', async () => {
  const { page } = await openSite();

  expect((await page.ask('GET', `${url}/constructor`)).json().code).toBe('user-unknown');
  expect((await page.ask('GET', `${url}/__proto__`)).json().code).toBe('request-invalid');
  const named = (id: string) => page.ask('POST', url, { id, ground: village, roles: ['operator'] });
  expect((await named('constructor')).statusCode).toBe(201);
  expect((await named('__proto__')).json().code).toBe('request-invalid');
});
