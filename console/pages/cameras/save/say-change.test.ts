import { beforeEach, expect, test } from 'vitest';
import { language } from '../../../words/language.ts';
import { sayChange } from './say-change.ts';

beforeEach(() => {
  language.value = 'en';
});

const zone = (x: number) => ({
  ...{ id: 'lawn', name: '草坪' },
  polygon: [
    [x, 0.14],
    [x, 0.9],
    [0.9, 0.9],
  ],
});

test('zones are said by name, also where the server cut them short', () => {
  const said = sayChange(
    'zones: [{"id":"lawn","name":"草坪","polygon":[[0.04,0.14],[0.04,… → [{"id":"lawn",…',
    { zones: [zone(0.04)] },
    { zones: [zone(0.2)] },
  );

  expect(said).toEqual(['Zones: 草坪 (3 points) · moved']);
});

test('a field inside another is found by its path', () => {
  const said = sayChange(
    'stream.transport: nothing → "udp"',
    { stream: {} },
    { stream: { transport: 'udp' } },
  );

  expect(said).toEqual(['Stream · Transport: Not set → UDP']);
});

test('whatever changed in a list has a line of its own', () => {
  const said = sayChange(
    'zones: [{"id":"lawn",… → [{"id":"gate",…',
    { zones: [zone(0.04)] },
    { zones: [{ ...zone(0.2), id: 'gate', name: '门' }] },
  );

  expect(said).toEqual(['Zones: added 门 (3 points)', 'Zones: removed 草坪 (3 points)']);
});

test.each([
  ['add', 'added as a whole'],
  ['remove', 'removed as a whole'],
  ['password: changed', 'password: changed'],
  ['zones: [{"id":"lawn",… → [{"id":"gate",…', 'Zones: changed'],
  ['→', 'changed'],
])('%s', (change, said) => {
  expect(sayChange(change, {}, {})).toEqual([said]);
});
