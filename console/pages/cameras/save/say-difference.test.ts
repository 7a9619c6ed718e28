import { beforeEach, expect, test } from 'vitest';
import { language } from '../../../words/language.ts';
import { sayDifference } from './say-difference.ts';

beforeEach(() => {
  language.value = 'en';
});

const zone = (x: number, points = 4) => ({
  ...{ id: 'corner', name: '角落' },
  polygon: Array.from({ length: points }, (_, index) => [x, index / 10]),
});

test('a zone is said by its name and its points, and that it was moved', () => {
  expect(sayDifference({ before: [zone(0.1)], after: [zone(0.2)] })).toEqual({
    was: '角落 (4 points)',
    is: '角落 (4 points) · moved',
  });
  expect(sayDifference({ before: [zone(0.1)], after: [zone(0.1, 5)] }).is).toBe('角落 (5 points)');
});

test.each([
  [{ before: 'a', after: undefined }, 'Not set'],
  [{ before: 1, after: 2.5 }, '2.5'],
  [{ before: ['a'], after: ['a', 'b'] }, /a.+b/],
])('%j became %s', (change, said) => {
  const { is } = sayDifference(change);
  if (typeof said === 'string') expect(is).toBe(said);
  else expect(is).toMatch(said);
});
