import { expect, test, vi } from 'vitest';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { signedInPage, someone, testSite } from '../../test/fixtures/api/signed-in-page.ts';
import { township } from '../../test/fixtures/api/test-api.ts';

// Every sign-in costs 32 MiB and a core: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const url = '/api/v1/keys';
const day = 86_400_000;
const facts = { id: 'map-exporter', ground: village, roles: ['operator'], expires: startAt + 30 * day };

const openSite = async () => {
  const api = await testSite(someone('zhao', township, 'securityAdministrator'));
  const page = await signedInPage(api.app, 'zhao');
  const make = async (more: object = {}) => {
    const answer = await page.ask('POST', url, { ...facts, ...more });
    const stored = api.store.entries.get(`keys.${facts.id}`)?.value;
    if (answer.statusCode === 201) api.resources.keyList.push(stored as never);
    return answer;
  };
  const askAs = (key: string, path = '/api/v1/session') =>
    api.app.inject({ url: path, headers: { authorization: `Bearer ${key}` } });
  return { ...api, page, make, askAs };
};

test('a key is shown once, and opens what its roles and ground say', async () => {
  const { make, askAs, store, bus, logged } = await openSite();
  const answer = await make();
  const { secret } = answer.json() as { secret: string };

  expect(answer.statusCode).toBe(201);
  expect(secret).toMatch(/^xlk_map-exporter_[\w-]{43}$/);
  expect((await askAs(secret)).json()).toMatchObject({
    ...{ id: 'key:map-exporter', kind: 'key', ground: village, roles: ['operator'] },
  });
  expect((await askAs(secret, '/api/v1/cameras')).json().items).toHaveLength(1);
  expect((await askAs(secret, '/api/v1/users')).json().code).toBe('right-missing');
  const kept = JSON.stringify([[...store.entries], bus.stored('AUDIT'), logged]);
  expect(kept).not.toContain(secret.slice(-43));
}, 20_000);

test('unknown, wrong, malformed and expired keys are answered alike', async () => {
  const { make, askAs, clock } = await openSite();
  const { secret } = (await make({ expires: startAt + 1000 })).json() as { secret: string };
  const tail = secret.slice(-43);
  const bodyOf = async (key: string) => {
    const { statusCode, body } = await askAs(key);
    return [statusCode, body.replace(/"requestId":"[^"]*"/, '')];
  };
  const wrong = await bodyOf(`xlk_map-exporter_${'a'.repeat(43)}`);

  expect(wrong[0]).toBe(401);
  for (const key of [`xlk_other_${tail}`, `xlk_map-exporter_`, tail, 'constructor', `xlk___proto___${tail}`])
    expect(await bodyOf(key), key).toEqual(wrong);
  expect((await askAs(secret)).statusCode).toBe(200);
  await clock.advance(1000);
  expect(await bodyOf(secret)).toEqual(wrong);
});

test('keys are listed without their hashes, and removed', async () => {
  const { make, page, askAs, resources } = await openSite();
  const { secret } = (await make()).json() as { secret: string };
  const list = await page.ask('GET', url);

  expect(list.json().items).toEqual([facts]);
  expect(list.body).not.toContain('keyHash');
  expect((await page.ask('DELETE', `${url}/${facts.id}`)).statusCode).toBe(204);
  resources.keyList.pop();
  expect((await askAs(secret)).statusCode).toBe(401);
  expect((await page.ask('DELETE', `${url}/${facts.id}`)).json().code).toBe('key-unknown');
});

test.each([
  ['request-invalid', { roles: ['securityAdministrator'] }],
  ['request-invalid', { roles: ['auditor'] }],
  ['request-invalid', { roles: ['systemAdministrator'] }],
  ['request-invalid', { roles: [] }],
  ['request-invalid', { expires: startAt - 1 }],
  ['request-invalid', { expires: startAt + 400 * day }],
  ['request-invalid', { id: '__proto__' }],
  ['request-invalid', { keyHash: 'a'.repeat(64) }],
  ['ground-forbidden', { ground: '4311' }],
])('%s: no key with %j', async (code, more) => {
  const { make } = await openSite();

  expect((await make(more)).json()).toMatchObject({ code });
});

test('a key needs no page’s token, and a change with it is the key’s', async () => {
  const { make, app, page } = await openSite();
  const { secret } = (await make()).json() as { secret: string };
  const { cookie } = page.headers;

  const answer = await app.inject({
    ...{ method: 'POST', url, payload: facts },
    headers: { authorization: `Bearer ${secret}`, cookie },
  });

  expect(answer.json().code).toBe('right-missing');
});

test('a key has no secret of its own to change', async () => {
  const { make, app } = await openSite();
  const { secret } = (await make()).json() as { secret: string };
  const answer = await app.inject({
    ...{ method: 'POST', url: '/api/v1/session/secret', headers: { authorization: `Bearer ${secret}` } },
    payload: { secret: 'x', newSecret: 'three stones under the locust' },
  });

  expect(answer.json().code).toBe('user-unknown');
});
