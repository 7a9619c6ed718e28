import { expect, test } from 'vitest';
import { pageOf, parseCursor, toCursor } from './cursor.ts';

const pattern = /^[a-z]+$/;

test('a cursor gives back its key', () => {
  expect(parseCursor(toCursor('gate'), pattern)).toBe('gate');
  expect(parseCursor(undefined, pattern)).toBeUndefined();
});

test.each(['', 'x', 'Z2F0ZQ', toCursor("' OR 1=1"), Buffer.from('2:gate').toString('base64url')])(
  'the cursor %j is refused',
  (cursor) => {
    expect(() => parseCursor(cursor, pattern)).toThrowError(
      expect.objectContaining({ code: 'cursor-invalid' }),
    );
  },
);

test('pages follow each other without repeating or skipping, also when items come and go', () => {
  const first = pageOf(['d', 'b', 'a', 'c', 'e'], (item) => item, undefined, 2);
  const after = parseCursor(first.nextCursor, pattern);
  const second = pageOf(['aa', 'c', 'd', 'e'], (item) => item, after, 2);
  const last = pageOf(['e'], (item) => item, parseCursor(second.nextCursor, pattern), 2);

  expect([first.items, second.items, last]).toEqual([['a', 'b'], ['c', 'd'], { items: ['e'] }]);
});
