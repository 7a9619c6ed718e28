import { expect, test, vi } from 'vitest';
import { randomFrom } from '../../test/fixtures/api/alert-events.ts';
import { signedInPage, someone, testSite } from '../../test/fixtures/api/signed-in-page.ts';
import { basic, testSecret, township } from '../../test/fixtures/api/test-api.ts';

// Every sign-in costs 32 MiB and a core: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const host = '192.168.1.5:8433';
const ticket = '/api/v1/cameras/gate-1/live/tickets';

const openPage = async () => {
  const { app, bus } = await testSite(someone('wang', township, 'operator'));
  const { headers } = await signedInPage(app, 'wang');
  const change = (given: object) => app.inject({ method: 'POST', url: ticket, headers: { host, ...given } });
  return { app, bus, change, cookie: headers.cookie, token: headers['x-csrf-token'] };
};

test('a change with the cookie and the token is done', async () => {
  const { change, cookie, token } = await openPage();

  expect((await change({ cookie, 'x-csrf-token': token })).statusCode).toBe(200);
  expect((await change({ cookie, 'x-csrf-token': token, origin: `http://${host}` })).statusCode).toBe(200);
});

test('regression: a change with the cookie alone is not done, nor with another token (Frigate CVE-2023-45670)', async () => {
  const { change, cookie, token, bus } = await openPage();
  const other = await openPage();

  expect((await change({ cookie })).json()).toMatchObject({ code: 'csrf-missing', kind: 'forbidden' });
  expect((await change({ cookie, 'x-csrf-token': '' })).json().code).toBe('csrf-missing');
  for (const wrong of [
    other.token,
    token.slice(1),
    `${token}a`,
    cookie.split('=')[1],
    '__proto__',
    '\u00e9'.repeat(43),
  ])
    expect((await change({ cookie, 'x-csrf-token': wrong })).json(), wrong).toMatchObject({
      code: 'csrf-wrong',
      kind: 'forbidden',
    });
  expect(JSON.stringify(bus.stored('AUDIT'))).toContain('csrf-missing');
});

test('regression: HTTP Basic, which browsers send by themselves, does not make up for the token', async () => {
  const { change, cookie } = await openPage();

  expect((await change({ cookie, ...basic('wang', testSecret) })).json().code).toBe('csrf-missing');
});

test('regression: a page of another origin changes nothing, whatever it sends', async () => {
  const { change, cookie, token } = await openPage();
  for (const origin of [
    'https://evil.example',
    'null',
    `http://${host}.evil.example`,
    'http://192.168.1.5:1',
  ])
    expect((await change({ cookie, 'x-csrf-token': token, origin })).json().code, origin).toBe(
      'origin-forbidden',
    );
});

test('regression: a form signs nobody in', async () => {
  const { app } = await openPage();
  const post = (type: string, payload: string) =>
    app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'content-type': type }, payload });

  for (const answer of [
    await post('application/x-www-form-urlencoded', `user=wang&secret=${testSecret}`),
    await post('text/plain', JSON.stringify({ user: 'wang', secret: testSecret })),
    await post('multipart/form-data; boundary=x', '--x--'),
  ]) {
    expect([400, 415]).toContain(answer.statusCode);
    expect(answer.headers).not.toHaveProperty('set-cookie');
  }
});

test('reading needs no token', async () => {
  const { app, cookie } = await openPage();

  expect((await app.inject({ url: '/api/v1/places', headers: { cookie } })).statusCode).toBe(200);
});

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

test(`no header that is made up lets anybody in, or breaks anything (FUZZ_SEED=${seed})`, async () => {
  const { app, cookie } = await openPage();
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const token = cookie.split('=')[1] ?? '';
  const pieces = [
    ...[
      'Basic ',
      'bearer ',
      'Bearer ',
      'Digest ',
      'xlk_',
      'xlk_a_',
      '_',
      ':',
      ';',
      '=',
      '; ',
      ',',
      '"',
      '%',
      '%00',
      ' ',
    ],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'wang',
      'xueliang_session',
      'xueliang_session=',
      '{}',
      '[object Object]',
    ],
    ...[
      token.slice(1),
      token.slice(0, -1),
      token.toUpperCase(),
      'a'.repeat(43),
      Buffer.from('wang:').toString('base64'),
    ],
    ...['\t', '\u00ff', '$', '../', 'x'.repeat(500)],
  ];
  for (let n = 0; n < 1500; n++) {
    const text = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(pieces)).join('');
    if (text.includes(token)) continue;
    const headers = pick([{ authorization: text }, { cookie: text }, { authorization: text, cookie: text }]);
    const answer = await app.inject({ url: '/api/v1/session', headers });
    expect([401, 429], `${n}: ${JSON.stringify(headers)}`).toContain(answer.statusCode);
    expect(answer.body).not.toContain(text.length > 12 ? text : '\u0000');
  }
}, 60_000);
