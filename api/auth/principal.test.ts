import { expect, test } from 'vitest';
import { narrowGround } from './principal.ts';

test.each([
  ['431103110', undefined, '431103110'],
  ['431103110', '431103110', '431103110'],
  ['431103110', '431103110201', '431103110201'],
  ['431103110', '4311', '431103110'],
  ['431103110', '431103111', undefined],
  ['431103110201', '431103110', '431103110201'],
])('of ground %s the part in %s is %s', (ground, place, narrowed) => {
  expect(narrowGround(ground, place)).toBe(narrowed);
});
