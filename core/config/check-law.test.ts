import { expect, test } from 'vitest';
import { siteWith, siteYaml } from '../../test/fixtures/site.ts';
import type { Camera } from '../schema/camera.ts';
import { bannedPlaceCategories, sensitivePlaceCategories } from '../schema/camera.ts';
import { labels } from '../schema/label.ts';
import { mayLook } from './check-law.ts';
import { parseSite } from './read-site.ts';

const messages = (text: string): string =>
  parseSite(text)
    .problems.map(({ message }) => message)
    .join('\n');

test.each(bannedPlaceCategories)('refuses a camera in a %s', (category) => {
  expect(messages(siteWith('category: road', `category: ${category}`))).toContain(
    'no camera may look into a place',
  );
});

test.each(sensitivePlaceCategories)('refuses a scenario about people at a %s', (category) => {
  expect(messages(siteWith('category: road', `category: ${category}`))).toContain(
    'no scenario about people is allowed',
  );
});

test.each(sensitivePlaceCategories)('allows a scenario about vehicles at a %s', (category) => {
  const text = siteWith('category: road', `category: ${category}`).replace(
    'labels: [person]',
    'labels: [car]',
  );

  expect(messages(text)).toBe('');
});

test('refuses a scenario about people without a purpose', () => {
  expect(messages(siteWith('    purpose: keyPlaceSafety\n', ''))).toContain('needs a purpose');
});

test('refuses a purpose outside the closed list', () => {
  expect(messages(siteWith('keyPlaceSafety', 'petitioners'))).toContain('"petitioners" is not one of');
});

test('refuses a camera without a sign', () => {
  expect(messages(siteWith('signPosted: true', 'signPosted: false'))).toContain('without a visible sign');
});

test.each(['register', 'category', 'filingNumber', 'owner'])('refuses a camera without its %s', (key) => {
  const text =
    key === 'register'
      ? siteYaml.replace(/ {4}register: .*\n/, '')
      : siteYaml.replace(new RegExp(`${key}: [^,}]+,? ?`), '');

  expect(messages(text)).toContain(`'${key}' is missing`);
});

test('has no label that says who or what kind of person somebody is', () => {
  expect(
    labels.filter((label) => /face|plate|man|woman|child|age|gender|id|cloth|uniform/.test(label)),
  ).toEqual([]);
});

const always = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, from: '00:00', to: '24:00' },
];
const nights = [{ days: ['sun'] as const, from: '22:00', to: '06:00' }];

const household = (consent?: object) =>
  ({
    id: 'yard',
    name: '院门',
    place: '431103110201',
    stream: { url: 'rtsp://127.0.0.1/yard' },
    register: {
      category: 'householdExterior',
      signPosted: true,
      filingNumber: '1',
      owner: '户主',
      ...(consent ? { consent } : {}),
    },
  }) as Camera;

/** Sunday, 2026-11-22, 23:30 in Shanghai; still the afternoon in UTC. */
const at = Date.UTC(2026, 10, 22, 15, 30);
const granted = { reference: 'a', grantedOn: '2026-01-01', schedule: always };

test.each([
  ['without consent', undefined, false],
  ['with consent', granted, true],
  ['with consent from tomorrow on', { ...granted, grantedOn: '2026-11-23' }, false],
  ['with consent revoked today', { ...granted, revokedOn: '2026-11-22' }, false],
  ['with consent revoked from tomorrow on', { ...granted, revokedOn: '2026-11-23' }, true],
  ['within the nights it agreed to', { ...granted, schedule: nights }, true],
  ['outside the days it agreed to', { ...granted, schedule: [{ ...nights[0], days: ['mon'] }] }, false],
])('a household camera %s may look: %s', (_, consent, expected) => {
  expect(mayLook(household(consent), at, 'Asia/Shanghai')).toBe(expected);
});

test.each(['only', 'except'])('refuses a consent that leaves days to a calendar by %s', (key) => {
  const span = `{days: [mon], from: "20:00", to: "06:00", ${key}: [festival]}`;
  const text = siteWith(
    'category: road',
    `category: householdExterior, consent: {reference: a, grantedOn: "2026-01-01", schedule: [${span}]}`,
  ).replace('labels: [person]', 'labels: [car]');

  expect(messages(text)).toBe(
    'a consent knows no calendars; write the days and times that the household agreed to',
  );
});

test('refuses a consent without a schedule', () => {
  const text = siteWith(
    'category: road',
    'category: householdExterior, consent: {reference: a, grantedOn: "2026-01-01"}',
  ).replace('labels: [person]', 'labels: [car]');

  expect(messages(text)).toContain("'schedule' is missing");
});

test('does not let a scenario about blocked lanes watch people', () => {
  const text = siteWith('kind: intrusion', 'kind: blockedLane').replace('    purpose: keyPlaceSafety\n', '');

  expect(messages(text)).toContain('"person" is not one of car, motorcycle, bus, truck');
});
