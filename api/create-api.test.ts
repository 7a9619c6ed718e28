import { expect, test } from 'vitest';
import {
  messagesOf,
  raisedAlert,
  raisedEvent,
  readySnapshot,
  village,
} from '../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../test/fixtures/api/test-api.ts';

const somewhere = { host: '192.168.1.5' };

/** Every address the API's own description names, with its parameters filled in. */
const everyUrl = async (app: ReturnType<typeof testApi>['app']): Promise<string[]> => {
  await app.ready();
  const paths = Object.keys(app.swagger().paths ?? {});
  const { alertId } = raisedAlert();
  return [...paths, '/openapi.json', '/nowhere'].map((path) =>
    path.replace('{alertId}', alertId).replace('{cameraId}', 'gate-1').replace('{id}', 'gate-1'),
  );
};

/** Whoever holds a link's token needs no account. */
const isAnswer = (url: string): boolean => url.startsWith('/api/v1/answers/');

test('regression: beyond loopback every address asks who it is, also one that does not exist (Frigate CVE-2026-75607)', async () => {
  const { app } = testApi(somewhere);
  const urls = await everyUrl(app);

  expect(urls.length).toBeGreaterThan(11);
  for (const url of urls.filter((one) => !isAnswer(one))) {
    const answer = await app.inject(url);
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, 'not-signed-in']);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="xueliang", charset="UTF-8"');
  }
  await app.close();
});

test('an answer link is the one way in without an account, and no way for who holds none', async () => {
  const { app } = testApi(somewhere);
  const urls = (await everyUrl(app)).filter(isAnswer);

  expect(urls.length).toBeGreaterThan(3);
  for (const url of urls) {
    const answer = await app.inject(url);
    expect(['answer-unknown', 'request-invalid', 'not-signed-in'], url).toContain(answer.json().code);
    expect(answer.statusCode, url).toBeGreaterThanOrEqual(400);
  }
  await app.close();
});

test('a user of the site is let in, and sees their own ground', async () => {
  const { app, resources } = testApi(somewhere);
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });

  const answer = await app.inject({ url: '/api/v1/cameras', headers: basic('wang', testSecret) });

  expect(answer.json().items.map((camera: { id: string }) => camera.id)).toEqual(['gate-1']);
});

test('failed sign-ins are locked with a time to come back', async () => {
  const { app, resources } = testApi(somewhere);
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const ask = () => app.inject({ url: '/api/v1/places', headers: basic('wang', 'wrong horse') });
  for (let attempt = 0; attempt < 5; attempt++) expect((await ask()).statusCode).toBe(401);

  const answer = await ask();

  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '30']);
});

test('regression: a page that lets its own name resolve to this machine is refused (DNS rebinding)', async () => {
  const { app } = testApi();
  const ask = (host: string) => app.inject({ url: '/api/v1/alerts', headers: { host } });

  expect((await ask('evil.example:8433')).json()).toMatchObject({
    code: 'host-forbidden',
    kind: 'forbidden',
  });
  expect((await ask('127.0.0.1:8433')).statusCode).toBe(200);
});

test('regression: no answer carries a way to sign in to a camera (Frigate CVE-2026-75608)', async () => {
  const { app, history } = testApi();
  const alert = raisedAlert();
  await history.writeAlertEvents(messagesOf([raisedEvent(alert), readySnapshot(alert)]));
  const urls = (await everyUrl(app)).filter((url) => !url.endsWith('/events'));

  for (const url of urls) {
    const { body } = await app.inject(url);
    // An example in the API's description names an entry of the secrets file, which is none of this site's.
    const told = url === '/openapi.json' ? body.replace(/"credentials":\s*"gantang-[\w-]+"/g, '') : body;
    expect(told, url).not.toMatch(/hunter2|rtsps?:\/\/[^/"\s]*@|"credentials":\s*"|passwordHash/);
  }
  await app.close();
});

test('regression: neither secret nor header reaches the log', async () => {
  const { app, resources, logged } = testApi(somewhere);
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const headers = basic('wang', 'my-secret-horse');
  await app.inject({ url: '/api/v1/cameras?token=my-secret-query', headers });
  await app.inject({ url: '/api/v1/cameras', headers: basic('my-secret-typed-as-name', 'x') });

  const log = logged.join('');
  expect(log).toContain('sign-in refused');
  expect(log).not.toMatch(/my-secret|Basic |authorization/i);
  expect(log).not.toContain(headers.authorization.slice(6));
});

test('regression: answers cannot be framed, sniffed or read by other pages, and run nothing (Frigate CVE-2023-45671)', async () => {
  const { app } = testApi();

  const answer = await app.inject({
    url: '/api/v1/alerts?place=<script>alert(1)</script>',
    headers: { origin: 'https://evil.example' },
  });

  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
  });
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
});

/** Configuration is changed as resources whose schemas know nothing that could be run. */
const isSetting = (method: string, url: string): boolean => method !== 'POST' && url.includes('/settings/');

/** Accounts take what their schemas know: neither `userId` nor anything that could be run. */
const isAccount = (url: string): boolean => /^\/api\/v1\/(session|users|keys)(\/|$)/.test(url);

/** What somebody says of an alert, and a question, are all that can be posted, by a body that is checked to the last key. */
const isStep = (method: string, url: string): boolean =>
  method === 'POST' &&
  (url === '/api/v1/whatif' ||
    /\/(alerts\/[^/]+\/(steps|comments)|loudspeakers\/[^/]+\/commands|feeds\/[^/]+\/dead-letters\/retry|handovers)$/.test(
      url,
    ));

/** What is asked to be let out, and what is said to it, by bodies that are checked to the last key. */
const isExport = (url: string): boolean => /^\/api\/v1\/exports(\/|$)/.test(url);

/** What somebody's own wall shows, by bodies that are checked likewise. */
const isLayout = (url: string): boolean => /^\/api\/v1\/layouts\//.test(url);

/** A picture comes in chunks of bytes, which this is none of. */
const isUpload = (method: string, url: string): boolean => method === 'PATCH' && url.includes('/uploads/');
const refusals = (method: string, url: string): number[] => {
  // It draws and keeps nothing; what it draws is a scenario, which this is none of.
  if (method === 'POST' && url.endsWith('/preview')) return [400, 404];
  if (isUpload(method, url)) return [400, 404, 415];
  // A table of cameras is none that is JSON.
  if (method === 'POST' && url.endsWith('/import')) return [400, 415];
  const isOne = isStep(method, url) || isSetting(method, url);
  return isOne || [isAccount, isExport, isLayout, isAnswer].some((is) => is(url)) ? [400, 404, 428] : [404];
};

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  'regression: %s changes nothing: no address of the API sets anything (Frigate CVE-2026-25643)',
  async (method) => {
    const { app } = testApi();
    for (const url of await everyUrl(app)) {
      const answer = await app.inject({ method, url, payload: { exec: 'reboot', userId: 'admin' } });
      // A ticket changes nothing: it lets somebody look who may.
      if (method === 'POST' && url.endsWith('/live/tickets')) continue;
      // Signing out of no session is done already.
      if (method === 'DELETE' && url === '/api/v1/session') continue;
      expect(refusals(method, url), url).toContain(answer.statusCode);
    }
    await app.close();
  },
);

test('an error says what, why and under which number the log has it', async () => {
  const answer = await testApi().app.inject('/nowhere');

  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toEqual({
    code: 'route-unknown',
    kind: 'not-found',
    message: expect.stringContaining('/openapi.json'),
    requestId: answer.headers['x-request-id'],
  });
});

test.each([
  ['/api/v1/%E0%A4%A', 400],
  [`/api/v1/cameras/${'x'.repeat(200)}`, 414],
  ['/api/v1/cameras/__proto__', 400],
  ['/api/v1/cameras?__proto__[limit]=1', 400],
  ['/api/v1/cameras?constructor.prototype.limit=1', 400],
])('the odd address %s is answered with %i', async (url, status) => {
  const answer = await testApi().app.inject(url);

  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ code: expect.any(String), kind: expect.any(String) });
});
