import { expect, test } from 'vitest';
import { codeDigits, fromGray } from './frame-code.ts';

const toGray = (number: number): boolean[] =>
  Array.from({ length: codeDigits }, (_, digit) => (((number ^ (number >> 1)) >> digit) & 1) === 1);

test('every number that a strip can hold is read as it was written', () => {
  for (let number = 0; number < 2 ** codeDigits; number++) expect(fromGray(toGray(number))).toBe(number);
});

test('from one picture to the next one digit changes', () => {
  for (let number = 1; number < 2 ** codeDigits; number++) {
    const before = toGray(number - 1);
    expect(toGray(number).filter((one, digit) => one !== before[digit])).toHaveLength(1);
  }
});
