import { expect, test } from 'vitest';
import { parseByteRange } from './byte-range.ts';

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=90-200', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=99-99', { start: 99, end: 99 }],
  [undefined, undefined],
  ['bytes=-', undefined],
  ['bytes=5-2', undefined],
  ['bytes=0-1,5-6', undefined],
  ['items=0-1', undefined],
  ['bytes=a-b', undefined],
  [`bytes=${'9'.repeat(40)}-`, undefined],
])('of 100 bytes %s is %j', (header, range) => {
  expect(parseByteRange(header, 100)).toEqual(range);
});

test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s lies beyond 100 bytes', (header) => {
  expect(() => parseByteRange(header, 100)).toThrowError(
    expect.objectContaining({ code: 'range-unsatisfiable' }),
  );
});

test('no range lies in an empty file', () => {
  expect(() => parseByteRange('bytes=0-', 0)).toThrowError(
    expect.objectContaining({ code: 'range-unsatisfiable' }),
  );
});
