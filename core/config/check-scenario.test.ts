import { describe, expect, test } from 'vitest';
import { fullSiteYaml } from '../../test/fixtures/full-site.ts';
import { scenarioKinds } from '../schema/scenario.ts';
import { parseSite } from './read-site.ts';
import { fromResources, toResources } from './site-document.ts';

/** The problems of the full site with one piece of its text replaced. */
const problemsWith = (from: string, to: string): string => {
  if (!fullSiteYaml.includes(from)) throw new RangeError(`the full site has no '${from}'`);
  return parseSite(fullSiteYaml.replace(from, to))
    .problems.map(({ path, message }) => `${path}: ${message}`)
    .join('\n');
};

test('a site may have every kind of scenario and of resource', () => {
  const { site, problems } = parseSite(fullSiteYaml);

  expect(problems).toEqual([]);
  expect(site?.scenarios.map(({ kind }) => kind).sort()).toEqual([...scenarioKinds].sort());
});

test('all of it comes back from the configuration bucket as it went in', () => {
  const { site } = parseSite(fullSiteYaml);
  if (!site) throw new TypeError('the full site is not sound');

  const back = fromResources(toResources(site));

  expect(toResources(back)).toEqual(toResources(site));
});

describe('refuses', () => {
  test.each([
    [
      'a scenario that watches nothing',
      ', cameras: [gate-1], severity: urgent}',
      ', severity: urgent}',
      "neither 'cameras' nor 'places'",
    ],
    [
      'a place elsewhere',
      'places: ["431103110"], zone',
      'places: ["431104110"], zone',
      'does not lie in the site',
    ],
    ['a line that is not drawn', 'line: edge', 'line: kerb', "has no line 'kerb'"],
    [
      'a lane whose direction is not drawn',
      'along: edge',
      'along: kerb',
      "along: camera 'gate-1' has no line 'kerb'",
    ],
    ['a line of one point', '[[0.1, 0.5], [0.9, 0.5]]', '[[0.1, 0.5], [0.1, 0.5]]', 'two different ones'],
    [
      'a mask without an inside',
      '[[0, 0], [0.1, 0], [0.1, 0.1]]',
      '[[0, 0], [0.1, 0], [0.2, 0]]',
      'encloses nothing',
    ],
    [
      'a dwell of more than a day',
      'dwell: 2m',
      'dwell: 25h',
      'dwell: "25h" is not a duration such as 500ms, 5s or 3m, at most 1d',
    ],
    [
      'a cool-down of more than a day',
      'coolDown: 1m',
      'coolDown: 2d',
      'coolDown: "2d" is not a duration such as 500ms, 5s or 3m, at most 1d',
    ],
    ['an end after more than an hour', 'coolDown: 1m', 'clearAfter: 61m', 'at most 1h'],
    ['a count over more than a day', 'within: 1h', 'within: 86401s', 'at most 1d'],
    ['parts further apart than a day', 'within: 5m', 'within: 2d', 'at most 1d'],
    ['an escalation after more than a week', 'after: 1m', 'after: 8d', 'at most 7d'],
    ['an unknown calendar', 'except: [market,', 'except: [fair,', "there is no calendar 'fair'"],
    [
      'quiet hours of an unknown calendar',
      'perHour: 4}',
      'quietHours: [{days: [mon], from: "22:00", to: "06:00", only: [fair]}]}',
      "quietHours[0].only[0]: there is no calendar 'fair'",
    ],
    ['an unknown webhook', 'webhook: platform}', 'webhook: other}', "there is no webhook 'other'"],
    ['an unknown loudspeaker', '[pond-horn]', '[roof-horn]', "there is no loudspeaker 'roof-horn'"],
    [
      'a recording that it does not have',
      'recording: leave-water',
      'recording: song',
      "has no recording 'song'",
    ],
    ['a part that is no scenario', '[s-crowd]', '[s-none]', "there is no scenario 's-none'"],
    ['a composite of itself', '[s-crowd]', '[s-both]', 'cannot be made of composites'],
    [
      'a direction that is none',
      'direction: forward',
      'direction: sideways',
      'is not one of forward, backward, both',
    ],
    [
      'fire seen more often than looked for',
      'kind: fireSmoke,',
      'kind: fireSmoke, hits: 9, of: 5,',
      'must not be more than',
    ],
    [
      'wrong way by people',
      'along: edge, severity',
      'along: edge, labels: [person], severity',
      'is not one of',
    ],
    [
      'two drawings of one name',
      '{id: edge, points: [[0.1, 0.5], [0.9, 0.5]]}',
      '{id: edge, points: [[0, 0], [1, 1]]}\n      - {id: edge, points: [[0, 1], [1, 1]]}',
      "already has a line 'edge'",
    ],
    [
      'two resources of one name',
      'calendars:\n',
      'calendars:\n  - {id: market, name: x}\n',
      "'market' is already the id of calendars[0]",
    ],
  ])('%s', (_, from, to, message) => {
    expect(problemsWith(from, to)).toContain(message);
  });
});

test.each([
  ['7d', 'needs 14 days of history, and site.history.retention is 7d; give 15d or more'],
  ['15d', ''],
])('unusual activity needs tracks to be kept for two weeks: %s', (retention, said) => {
  const problems = problemsWith(
    'allowedNetworks: ["127.0.0.0/8"]',
    `allowedNetworks: ["127.0.0.0/8"]\n  history: {retention: ${retention}}`,
  );

  expect(problems).toContain(said);
  expect(problems === '').toBe(said === '');
});

test('loudspeakers speak by themselves at water only', () => {
  const shouting =
    ', actions: [{do: talkDown, loudspeakers: [pond-horn], recording: leave-water}], dwell: 30s, purpose: crushRisk';

  expect(problemsWith(', dwell: 30s, purpose: crushRisk', shouting)).toContain(
    'speak by themselves at water only',
  );
});

test.each(['loitering', 'crowd'])('a %s scenario says for what purpose it watches people', (kind) => {
  const purpose =
    { loitering: ', purpose: keyPlaceSafety}\n  - {id: s-crowd', crowd: ', purpose: crushRisk' }[kind] ?? '';

  expect(problemsWith(purpose, purpose.replace(/, purpose: \w+/, ''))).toContain("'purpose' is missing");
});

test('people are not counted over a line without a purpose', () => {
  expect(problemsWith('labels: [truck], direction', 'labels: [person], direction')).toContain(
    'needs a purpose',
  );
});
