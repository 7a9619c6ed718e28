import { expect, test } from 'vitest';
import { sayShare, saySize } from './size.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1024, '1 KB'],
  [1_700_000, '1.6 MB'],
  [10 * 1024 ** 3, '10 GB'],
  [1.25 * 1024 ** 4, '1.3 TB'],
  [5000 * 1024 ** 4, '5000 TB'],
])('says %d bytes as %s', (bytes, text) => {
  expect(saySize(bytes)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.001, '<1 %'],
  [0.5, '50 %'],
  [1.04, '104 %'],
])('says the share %d as %s', (share, text) => {
  expect(sayShare(share)).toBe(text);
});
