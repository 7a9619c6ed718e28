import { expect, test } from 'vitest';
import { siteYaml } from '../../test/fixtures/site.ts';
import { sensitivePlaceCategories } from '../schema/camera.ts';
import { parseSite } from './read-site.ts';

/** The kinds that may be about people, each as a site's file writes it. */
const kinds = {
  loitering: 'kind: loitering, zone: gate, dwell: 5m',
  lineCrossing: 'kind: lineCrossing, line: street, labels: [person], direction: both',
  waterside: 'kind: waterside, zone: gate',
} as const;
const purpose = ', purpose: closedSiteAtNight';
const line = '    lines:\n      - {id: street, points: [[0.5, 0.9], [0.5, 0.1]]}\n';

/** A site with one scenario. */
const siteOf = (scenario: string, category = 'road'): string =>
  `${siteYaml
    .slice(0, siteYaml.indexOf('scenarios:'))
    .replace('category: road', `category: ${category}`)}${line}scenarios:
  - {id: one, name: 场景, cameras: [gate-1], severity: high, ${scenario}}
`;

const messages = (text: string): string =>
  parseSite(text)
    .problems.map(({ message }) => message)
    .join('\n');

test.each([kinds.loitering + purpose, kinds.lineCrossing + purpose, kinds.waterside])(
  'takes a scenario about people with its purpose on a road: %s',
  (scenario) => {
    expect(messages(siteOf(scenario))).toBe('');
  },
);

test.each(
  sensitivePlaceCategories.flatMap((category) => [
    [category, kinds.loitering + purpose] as const,
    [category, kinds.lineCrossing + purpose] as const,
    [category, kinds.waterside] as const,
  ]),
)('refuses at a %s what is about people: %s', (category, scenario) => {
  expect(messages(siteOf(scenario, category))).toContain('no scenario about people is allowed');
});

test.each([kinds.loitering, kinds.lineCrossing])('refuses without a purpose: %s', (scenario) => {
  expect(messages(siteOf(scenario))).toContain('purpose');
});

test('lets a line be crossed by vehicles without a purpose, also at a court', () => {
  expect(messages(siteOf(kinds.lineCrossing.replace('person', 'car'), 'court'))).toBe('');
});

test('does not let a wrong way be about people', () => {
  const wrongWay = 'kind: wrongWay, zone: gate, along: street, labels: [person]';

  expect(messages(siteOf(wrongWay))).toContain('"person" is not one of');
});

const talkDown = ', actions: [{do: talkDown, loudspeakers: [bank], recording: away}]';
const speaks = 'loudspeakers speak by themselves at water only';

test.each([
  kinds.loitering + purpose,
  kinds.lineCrossing + purpose,
  'kind: wrongWay, zone: gate, along: street',
  'kind: blockedLane, zone: gate, dwell: 5m',
])('refuses to let loudspeakers speak by themselves away from water: %s', (scenario) => {
  expect(messages(siteOf(scenario + talkDown))).toContain(speaks);
});

test('lets them speak at water', () => {
  expect(messages(siteOf(kinds.waterside + talkDown))).not.toContain(speaks);
});
