import { expect, test } from 'vitest';
import { hiddenAddress, isWithin, networksOf, parseNetwork, plainAddress } from './ip-address.ts';

test.each([
  '10.0.0.0/33',
  'fd00::/129',
  'camera.example',
  '',
  '10.0.0.0/8/8',
  '1.2.3',
  '0x7f.1/8',
  '010.0.0.1.',
  '10.0.0.0/',
  'fe80::1%eth0/64',
])('takes no network from %j', (text) => expect(parseNetwork(text)).toBeUndefined());

test.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.4', '10.1.2.3', false],
  ['10.1.2.3', '0.0.0.0/0', true],
  ['::ffff:10.1.2.3', '10.0.0.0/8', true],
  ['::ffff:a01:203', '10.0.0.0/8', true],
  ['10.1.2.3', '::ffff:10.0.0.0/104', true],
  ['10.1.2.3', '::/0', false],
  ['fd00::7', 'fd00::/64', true],
  ['fd00:0:0:1::7', 'fd00::/64', false],
  ['fe80::1%eth0', 'fe80::/10', false],
  ['camera.example', '0.0.0.0/0', false],
  ['127.1', '127.0.0.0/8', false],
])('%s in %s: %s', (address, network, expected) => {
  expect(isWithin(address, networksOf(network))).toBe(expected);
});

test.each([
  ['64:ff9b::a01:203', '10.1.2.3'],
  ['64:ff9b:1::a01:203', '10.1.2.3'],
  ['2002:a01:203::1', '10.1.2.3'],
  ['2001:0:4136:e378:8000:63bf:f5fe:fdfc', '10.1.2.3'],
  ['2606:2800:21f::1', undefined],
  ['10.1.2.3', undefined],
])('%s leads to %s', (address, hidden) => {
  expect(hiddenAddress(address)).toBe(hidden);
});

test.each([
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['::FFFF:a01:203', '10.1.2.3'],
  ['FD00:0:0:0:0:0:0:7', 'fd00::7'],
  ['10.1.2.3', '10.1.2.3'],
])('%s is %s in plain', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
