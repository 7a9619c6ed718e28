import { expect, test, vi } from 'vitest';
import { rights } from '../../core/schema/role.ts';
import { village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';

// Every sign-in costs 32 MiB and a core: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const url = '/api/v1/session';
const host = '192.168.1.5';

const openSite = () => {
  const api = testApi({ host });
  api.resources.userList.push({ id: 'wang', ground: village, roles: ['dispatcher'], passwordHash: testHash });
  return api;
};
type TestApi = ReturnType<typeof openSite>;

const signIn = (app: TestApi['app'], payload: object = { user: 'wang', secret: testSecret }) =>
  app.inject({ method: 'POST', url, payload });

const cookieOf = (headers: Record<string, unknown>): string =>
  String(headers['set-cookie']).split(';', 1)[0] ?? '';

/** A page of somebody who has signed in. */
const openPage = async (app: TestApi['app']) => {
  const answer = await signIn(app);
  const cookie = cookieOf(answer.headers);
  return { cookie, csrf: String(answer.json().csrfToken) };
};

test('signing in sets the cookie and tells who it is', async () => {
  const { app, clock } = openSite();
  const answer = await signIn(app);

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    ...{ id: 'wang', kind: 'user', ground: village, roles: ['dispatcher'] },
    ...{ csrfToken: expect.stringMatching(/^[\w-]{43}$/), expiresAt: clock.now() + 12 * 3_600_000 },
  });
  expect(answer.json().rights).toContain('alerts.dispatch');
  expect(answer.headers['set-cookie']).toMatch(
    /^xueliang_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.body).not.toContain(cookieOf(answer.headers).split('=')[1]);
});

test('who asks is told the site’s time zone, signing in and later', async () => {
  const { app, resources } = openSite();
  resources.timezone = 'Asia/Urumqi';
  const signedIn = await signIn(app);
  const later = await app.inject({ url, headers: { cookie: cookieOf(signedIn.headers) } });

  expect([signedIn.json().timezone, later.json().timezone]).toEqual(['Asia/Urumqi', 'Asia/Urumqi']);
});

test('the cookie is for TLS alone where the site is reached over TLS', async () => {
  const { app, resources } = openSite();
  resources.publicAddress = 'https://xueliang.example';

  expect((await signIn(app)).headers['set-cookie']).toContain('Secure');
});

test('the cookie says who asks', async () => {
  const { app } = openSite();
  const { cookie, csrf } = await openPage(app);

  const answer = await app.inject({ url, headers: { cookie } });

  expect(answer.json()).toMatchObject({ id: 'wang', csrfToken: csrf });
  expect((await app.inject({ url: '/api/v1/cameras', headers: { cookie } })).statusCode).toBe(200);
});

test('with HTTP Basic there is no token to say, and none is told', async () => {
  const { app } = openSite();
  const answer = await app.inject({ url, headers: basic('wang', testSecret) });

  expect(answer.json()).toMatchObject({ id: 'wang', kind: 'user' });
  expect(answer.json()).not.toHaveProperty('csrfToken');
  expect(answer.headers).not.toHaveProperty('set-cookie');
});

test('on a site of this machine alone, without users, whoever asks is its operator', async () => {
  const answer = await testApi().app.inject(url);

  expect(answer.json()).toMatchObject({ id: 'local', ground: township, roles: [], rights: [...rights] });
});

test('nobody is told that nobody is signed in', async () => {
  expect((await openSite().app.inject(url)).json()).toMatchObject({ code: 'not-signed-in' });
});

test('signing out ends the session, in this browser and for whoever has copied the cookie', async () => {
  const { app, bus } = openSite();
  const { cookie, csrf } = await openPage(app);

  const answer = await app.inject({ method: 'DELETE', url, headers: { cookie, 'x-csrf-token': csrf } });

  expect([answer.statusCode, answer.body]).toEqual([204, '']);
  expect(answer.headers['set-cookie']).toMatch(/^xueliang_session=;.*Expires=Thu, 01 Jan 1970/);
  expect((await app.inject({ url, headers: { cookie } })).statusCode).toBe(401);
  const written = bus.stored('AUDIT').map(({ value }) => (value as { entry: { what: string } }).entry);
  expect(written).toMatchObject([
    { who: 'wang', what: 'signedIn', target: 'users/wang', place: village },
    { who: 'wang', what: 'signedOut', target: 'users/wang', place: village },
  ]);
});

test('signing out of a session that is over is done, and needs nothing', async () => {
  const { app, sessionStore } = openSite();
  const cookie = `xueliang_session=${'a'.repeat(43)}`;

  expect((await app.inject({ method: 'DELETE', url, headers: { cookie } })).statusCode).toBe(204);
  expect((await app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
  expect(sessionStore.entries.size).toBe(0);
});

test('who signs in anew in the same browser leaves no session behind', async () => {
  const { app, sessionStore } = openSite();
  const { cookie } = await openPage(app);
  await app.inject({
    method: 'POST',
    url,
    payload: { user: 'wang', secret: testSecret },
    headers: { cookie },
  });

  expect(sessionStore.entries.size).toBe(1);
  expect((await app.inject({ url, headers: { cookie } })).statusCode).toBe(401);
});

test('an unknown user and a wrong secret are answered alike, and locked alike', async () => {
  const { app } = openSite();
  const bodyOf = async (user: string) => {
    const { statusCode, body, headers } = await signIn(app, { user, secret: 'wrong horse battery' });
    const { requestId, ...told } = JSON.parse(body) as { requestId: string };
    return { statusCode, told, retryAfter: headers['retry-after'], hasId: requestId !== '' };
  };

  for (let attempt = 0; attempt < 7; attempt++) {
    const [known, unknown] = [await bodyOf('wang'), await bodyOf('nobody')];
    expect(known).toEqual(unknown);
    expect(known.statusCode).toBe(attempt < 5 ? 401 : 429);
  }
});

test('failures with a page and with HTTP Basic count together', async () => {
  const { app } = openSite();
  for (let attempt = 0; attempt < 5; attempt++) await signIn(app, { user: 'wang', secret: 'wrong horse' });

  const answer = await app.inject({ url, headers: basic('wang', testSecret) });
  expect(answer.json()).toMatchObject({ code: 'sign-in-locked' });
});

test.each(['__proto__', 'constructor', 'toString'])(
  'regression: the user %s does not sign in (Shinobi CVE-2021-27228)',
  async (user) => {
    const { app, sessionStore } = openSite();

    expect((await signIn(app, { user, secret: testSecret })).statusCode).toBe(401);
    expect(sessionStore.entries.size).toBe(0);
  },
);

test('regression: no field of the body makes somebody more than they are', async () => {
  const { app } = openSite();
  const more = { user: 'wang', secret: testSecret, roles: ['auditor'], ground: '43', id: 'admin' };

  expect((await signIn(app, more)).json()).toMatchObject({ code: 'request-invalid' });
});

test('nobody is signed in without the audit log', async () => {
  const { app, bus, sessionStore } = openSite();
  bus.isConnected = false;
  sessionStore.isAway = true;

  expect((await signIn(app)).statusCode).toBe(503);
  expect(sessionStore.entries.size).toBe(0);
});

test.each([[{ 'x-requested-with': 'console' }], [{ cookie: `xueliang_session=${'a'.repeat(43)}` }]])(
  'a page is not asked for a password by its browser: %j',
  async (headers) => {
    const answer = await openSite().app.inject({ url, headers });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  },
);

test('links for pictures are those of the session, and end with it', async () => {
  const { app } = openSite();
  const { cookie, csrf } = await openPage(app);
  const headers = { cookie, 'x-csrf-token': csrf };
  const made = await app.inject({ method: 'POST', url: '/api/v1/cameras/gate-1/live/tickets', headers });
  const { url: ticket } = made.json() as { url: string };
  await app.inject({ method: 'DELETE', url, headers });

  const answer = await app.inject(ticket);

  expect(made.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ code: 'link-invalid' });
});
