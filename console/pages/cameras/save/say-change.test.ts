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

  expect(said).toMatch(/^Zones: 草坪 \(3 points\) → 草坪 \(3 points\) · moved$/);
  expect(said).not.toMatch(/[{[]/);
});

test('a field inside another is found by its path', () => {
  const said = sayChange(
    'stream.transport: nothing → "udp"',
    { stream: {} },
    { stream: { transport: 'udp' } },
  );

  expect(said).toMatch(/: Not set → udp$/i);
});

test.each([
  ['add', /added|new/i],
  ['remove', /gone|removed/i],
  ['password: changed', /changed/],
])('%s', (change, said) => {
  expect(sayChange(change, {}, {})).toMatch(said);
});
