import { expect, test } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { rights } from '../../core/schema/role.ts';
import { ScriptedSessions } from '../../test/fixtures/api/scripted-sessions.ts';
import {
  basic,
  testHash as passwordHash,
  testSecret as secret,
  TestResources,
  township,
} from '../../test/fixtures/api/test-api.ts';
import { Authenticator } from './authenticator.ts';
import { SecretCheck } from './secret-check.ts';
import { Sessions } from './sessions.ts';

const wang = { id: 'wang', ground: '431103110201', passwordHash };

const authenticatorWith = (host: string, users = [wang]) => {
  const resources = new TestResources();
  resources.userList.push(...users);
  const clock = new SimulatedClock();
  const checked: string[] = [];
  const secrets = new SecretCheck(clock, async (given, hash) => {
    checked.push(hash);
    return hash === passwordHash && given === secret;
  });
  const common = { clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const sessions = new Sessions({ ...common, store: new ScriptedSessions() });
  const deps = { ...common, resources, host, sessions };
  const authenticator = new Authenticator({ ...deps, secrets });
  return { clock, resources, checked, authenticator, withRealCheck: () => new Authenticator(deps) };
};
const ask = (to: Authenticator, user: string, given: string, address = '10.0.0.9') =>
  to.authenticate(basic(user, given).authorization, address);

test('on loopback without users everybody is the operator of the whole site', async () => {
  const { authenticator } = authenticatorWith('127.0.0.1', []);

  expect(await authenticator.authenticate(undefined, '127.0.0.1')).toEqual({
    ...{ id: 'local', ground: township },
    kind: 'user',
    roles: [],
    rights: new Set(rights),
  });
});

test.each(['127.0.0.1', '0.0.0.0'])('with users, %s asks who it is', async (host) => {
  const { authenticator } = authenticatorWith(host);

  await expect(authenticator.authenticate(undefined, '10.0.0.9')).rejects.toMatchObject({
    code: 'not-signed-in',
  });
  expect(await ask(authenticator, 'wang', secret)).toMatchObject({ id: 'wang', ground: '431103110201' });
});

test('regression: beyond loopback without users nobody is let in (Frigate port 5000)', async () => {
  const { authenticator } = authenticatorWith('192.168.1.5', []);

  await expect(authenticator.authenticate(undefined, '10.0.0.9')).rejects.toMatchObject({
    kind: 'unauthenticated',
  });
  await expect(ask(authenticator, 'admin', 'admin')).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'regression: the user name %s lets nobody in (Shinobi CVE-2021-27228)',
  async (name) => {
    const { authenticator, checked } = authenticatorWith('0.0.0.0');

    await expect(ask(authenticator, name, secret)).rejects.toMatchObject({ code: 'not-signed-in' });
    // As costly as a wrong secret of somebody: time does not tell which users there are.
    expect(checked).toEqual([expect.stringMatching(/^scrypt\$32768\$8\$3\$/)]);
  },
);

test.each([
  ['Basic'],
  ['Basic !!!!'],
  ['Bearer abc'],
  [`Basic ${Buffer.from('wang').toString('base64')}`],
  [`Basic ${Buffer.from(`:${secret}`).toString('base64')}`],
  [`Basic ${Buffer.from(`wang:${'x'.repeat(5000)}`).toString('base64')}`],
  [`Basic ${Buffer.from(`wang:${secret}`).toString('base64')}, Basic x`],
])('the header %.40s names nobody', async (header) => {
  const { authenticator } = authenticatorWith('0.0.0.0');

  await expect(authenticator.authenticate(header, '10.0.0.9')).rejects.toMatchObject({
    code: 'not-signed-in',
  });
});

test('five wrong secrets lock the user for that address, also for the right one, until time has passed', async () => {
  const { authenticator, clock } = authenticatorWith('0.0.0.0');
  for (let attempt = 0; attempt < 5; attempt++) {
    await expect(ask(authenticator, 'wang', `wrong ${attempt}`)).rejects.toMatchObject({
      code: 'not-signed-in',
    });
  }

  const locked = ask(authenticator, 'wang', secret);
  await expect(locked).rejects.toMatchObject({ code: 'sign-in-locked', facts: { retryAfterSeconds: 30 } });
  expect(await ask(authenticator, 'wang', secret, '10.0.0.10')).toMatchObject({ id: 'wang' });
  await clock.advance(30_000);
  expect(await ask(authenticator, 'wang', secret)).toMatchObject({ id: 'wang' });
});

test('a removed, moved or re-keyed user is no longer valid', async () => {
  const { authenticator, resources } = authenticatorWith('0.0.0.0');
  const principal = await ask(authenticator, 'wang', secret);

  expect(authenticator.isStillValid(principal)).toBe(true);
  for (const change of [
    { roles: ['auditor' as const] },
    { ground: '431103110202' },
    { passwordHash: `${passwordHash}=` },
    { id: 'li' },
  ]) {
    resources.userList.splice(0, 1, { ...wang, ...change });
    expect(authenticator.isStillValid(principal)).toBe(false);
  }
});

test('a secret is checked against its real hash', async () => {
  const authenticator = authenticatorWith('0.0.0.0').withRealCheck();

  expect(await ask(authenticator, 'wang', secret)).toMatchObject({ id: 'wang' });
  await expect(ask(authenticator, 'wang', `${secret}.`)).rejects.toMatchObject({ code: 'not-signed-in' });
});

test('a user whose hash is too weak cannot sign in', async () => {
  const weak = { ...wang, passwordHash: passwordHash.replace('$32768$', '$1024$') };
  const { withRealCheck } = authenticatorWith('0.0.0.0', [weak]);

  await expect(ask(withRealCheck(), 'wang', secret)).rejects.toMatchObject({ code: 'not-signed-in' });
});
