import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cutTo, padTo, rightAlign } from './terminal-text.ts';

test.each([
  ['gate', 8],
  ['村口', 8],
  ['村口摄像机', 5],
  ['', 3],
])('makes %s exactly %i columns wide', (text, columns) => {
  expect(stringWidth(padTo(text, columns))).toBe(columns);
});

test('sets numbers and Chinese titles against the same edge, and cuts no number', () => {
  expect([rightAlign('已解码', 8), rightAlign('12', 4), rightAlign('123456', 4)]).toEqual([
    '  已解码',
    '  12',
    '123456',
  ]);
});

test('cuts a line before the edge of the terminal, and ends its colours', () => {
  expect(cutTo('short', 10)).toBe('short');
  expect(stringWidth(cutTo('预警'.repeat(10), 11))).toBeLessThan(11);
  expect(cutTo('\u001b[31mlong enough', 5).endsWith('\u001b[0m')).toBe(true);
});
