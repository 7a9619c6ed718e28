import { expect, test } from 'vitest';
import { siteWith } from '../../test/fixtures/site.ts';
import { parseSite } from './read-site.ts';

const withSetting = (setting: string): string =>
  siteWith('  allowedNetworks:', `  ${setting}\n  allowedNetworks:`);

test.each([
  'publicAddress: https://caishi.example',
  'publicAddress: "http://192.168.1.5:8433/"',
  'answersWithin: 24h',
])('takes %s', (setting) => {
  expect(parseSite(withSetting(setting)).problems).toEqual([]);
});

test.each([
  ['publicAddress: ftp://caishi.example', "the scheme 'ftp' is not allowed"],
  ['publicAddress: https://caishi.example/town', 'more than a host and port'],
  ['publicAddress: "https://wang:pw@caishi.example"', 'holds a user name or password'],
  ['answersWithin: 1m', 'is not between 5m and 24h'],
  ['answersWithin: 2d', 'is not between 5m and 24h'],
])('refuses %s', (setting, message) => {
  const messages = parseSite(withSetting(setting)).problems.map((problem) => problem.message);

  expect(messages.join()).toContain(message);
});
