import { expect, test } from 'vitest';
import { parseAnchors } from './anchors.ts';

const anchor = { at: 1, number: 2, hash: 'a'.repeat(64) };

test('anchors are read line by line', () => {
  expect(parseAnchors(`${JSON.stringify(anchor)}\n\n${JSON.stringify({ ...anchor, at: 3 })}\n`)).toEqual([
    anchor,
    { ...anchor, at: 3 },
  ]);
  expect(parseAnchors('')).toEqual([]);
});

test.each(['{"at":1', '{"at":1,"number":2,"hash":"b"}', '[]', 'null'])('the line %s is refused', (line) => {
  expect(() => parseAnchors(`${JSON.stringify(anchor)}\n${line}`)).toThrowError(
    expect.objectContaining({ code: 'anchors-unreadable', message: expect.stringContaining('line 2') }),
  );
});
