import { expect, test } from 'vitest';
import { siteWith } from '../../test/fixtures/site.ts';
import { parseSite } from './read-site.ts';

const withRule = (rule: string): string =>
  siteWith('  allowedNetworks:', `  deadlines: [${rule}]\n  allowedNetworks:`);

test.each(['{}', '{place: "431103110201", area: country}', '{severities: [urgent], acknowledge: 30s}'])(
  'takes the deadlines %s',
  (rule) => {
    expect(parseSite(withRule(rule)).problems).toEqual([]);
  },
);

test.each([
  ['{onScene: 30s}', 'the time for onScene is shorter than that for acknowledge'],
  ['{disposition: 2m}', 'the time for disposition is shorter than that for onScene'],
  ['{place: "4312"}', "'4312' does not lie in the site's place 431103110"],
  ['{acknowledge: soon}', '"soon" is not a duration'],
  ['{severities: []}', 'has 0 items'],
])('refuses the deadlines %s', (rule, message) => {
  const [problem] = parseSite(withRule(rule)).problems;

  expect(problem?.message).toContain(message);
});
