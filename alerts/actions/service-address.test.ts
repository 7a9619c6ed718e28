import { expect, test } from 'vitest';
import { isAllowedAddress, resolveService } from './service-address.ts';

test.each([
  ['93.184.215.14', true, true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true, true],
  ['10.1.2.3', false, true],
  ['172.31.255.255', false, true],
  ['172.32.0.1', true, true],
  ['192.168.7.9', false, true],
  ['127.0.0.1', false, true],
  ['100.64.0.1', false, true],
  ['::1', false, true],
  ['fd00::7', false, true],
  ['::ffff:10.0.0.1', false, true],
  ['::ffff:7f00:1', false, true],
  ['169.254.169.254', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['fe80::1', false, false],
  ['fe80::1%eth0', false, false],
  ['0.0.0.0', false, false],
  ['::', false, false],
  ['224.0.0.1', false, false],
  ['255.255.255.255', false, false],
  ['64:ff9b::a00:1', false, false],
  ['2002:7f00:1::', false, false],
  ['not an address', false, false],
])('%s: allowed %s, when private ones are %s', (address, expected, whenPrivate) => {
  expect(isAllowedAddress(address, { isPrivate: false })).toBe(expected);
  expect(isAllowedAddress(address, { isPrivate: true })).toBe(whenPrivate);
});

test('allows the networks that are named, and no others of their kind', () => {
  const ground = { isPrivate: false, networks: ['192.168.7.0/24', 'fd00::/64'] };

  expect(isAllowedAddress('192.168.7.20', ground)).toBe(true);
  expect(isAllowedAddress('192.168.8.20', ground)).toBe(false);
  expect(isAllowedAddress('fd00::20', ground)).toBe(true);
});

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://127.0.0.1.:80/',
])('is not led astray by %s', async (url) => {
  await expect(
    resolveService(new URL(url), { isPrivate: false }, async () => ['127.0.0.1']),
  ).rejects.toMatchObject({ code: 'service-address-forbidden' });
});

test('refuses a name of which one address is forbidden', async () => {
  const both = async () => ['93.184.215.14', '10.0.0.1'];

  await expect(
    resolveService(new URL('https://partner.example/'), { isPrivate: false }, both),
  ).rejects.toMatchObject({ code: 'service-address-forbidden' });
});

test('says when a name leads nowhere', async () => {
  const url = new URL('https://partner.example/');
  const fails = async () => Promise.reject(new Error('ENOTFOUND'));

  await expect(resolveService(url, { isPrivate: false }, fails)).rejects.toMatchObject({
    code: 'service-unreachable',
  });
  await expect(resolveService(url, { isPrivate: false }, async () => [])).rejects.toMatchObject({
    code: 'service-unreachable',
  });
});
