import { expect, test } from 'vitest';
import { siteWith, siteYaml } from '../../test/fixtures/site.ts';
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

const household = (consent?: { reference: string; grantedOn: string; revokedOn?: string }) => ({
  id: 'yard',
  name: '院门',
  place: '431103110201',
  stream: { url: 'rtsp://127.0.0.1/yard' },
  register: {
    category: 'householdExterior' as const,
    signPosted: true,
    filingNumber: '1',
    owner: '户主',
    ...(consent ? { consent } : {}),
  },
});

test.each([
  ['without consent', undefined, false],
  ['with consent', { reference: 'a', grantedOn: '2026-01-01' }, true],
  ['with consent from tomorrow on', { reference: 'a', grantedOn: '2026-11-23' }, false],
  ['with consent revoked today', { reference: 'a', grantedOn: '2026-01-01', revokedOn: '2026-11-22' }, false],
  [
    'with consent revoked from tomorrow on',
    { reference: 'a', grantedOn: '2026-01-01', revokedOn: '2026-11-23' },
    true,
  ],
])('a household camera %s may look: %s', (_, consent, expected) => {
  expect(mayLook(household(consent), '2026-11-22')).toBe(expected);
});
