import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { startAt } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';
import type { ApiDeps } from '../api-deps.ts';
import { SecretCheck } from '../auth/secret-check.ts';
import { isTrustedProxy } from './trusted-proxy.ts';

test.each(['10.0.0.5', '::ffff:10.0.0.5'])('%s is the proxy that is named', (address) => {
  expect(isTrustedProxy(address, ['10.0.0.5'])).toBe(true);
});

test.each(['10.0.0.6', '', 'unix:', '::1'])('%j is none', (address) => {
  expect(isTrustedProxy(address, ['10.0.0.5'])).toBe(false);
});

test('an IPv6 address is the same however it is written', () => {
  expect(isTrustedProxy('::1', ['0:0:0:0:0:0:0:1'])).toBe(true);
});

/** A site on whose door somebody knocks through a proxy, each time from the address that it tells. */
const knock = async (trustedProxies?: string[]) => {
  const clock = new SimulatedClock(startAt);
  const secrets = new SecretCheck(clock, async (secret) => secret === testSecret);
  const api = testApi({ host: '192.168.1.5', clock, secrets } as Partial<ApiDeps>);
  api.resources.userList.push({ id: 'wang', ground: township, passwordHash: testHash });
  const site = api.resources.site();
  if (trustedProxies) Object.assign(api.resources, { site: () => ({ ...site, trustedProxies }) });
  const from = async (forwarded: string, secret: string) =>
    (
      await api.app.inject({
        ...{ url: '/api/v1/health', remoteAddress: '10.0.0.5' },
        headers: { ...basic('wang', secret), 'x-forwarded-for': forwarded },
      })
    ).statusCode;
  for (let times = 0; times < 5; times++) await from('203.0.113.7', 'wrong');
  return { mine: await from('203.0.113.8', testSecret), theirs: await from('203.0.113.7', testSecret), api };
};

test('whoever comes through a named proxy is locked out alone', { timeout: 30_000 }, async () => {
  const { mine, theirs, api } = await knock(['10.0.0.5']);
  await api.app.close();

  expect([mine, theirs]).toEqual([200, 429]);
});

test('a proxy that is not named is not believed: what it says frees nobody', {
  timeout: 30_000,
}, async () => {
  const { mine, theirs, api } = await knock();
  await api.app.close();

  expect([mine, theirs]).toEqual([429, 429]);
});
