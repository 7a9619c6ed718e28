import { expect, test } from 'vitest';
import { codeDigits, fromGray } from './frame-code.ts';

const toGray = (number: number): boolean[] =>
  Array.from({ length: codeDigits }, (_, digit) => (((number ^ (number >> 1)) >> digit) & 1) === 1);

test('every number that a strip can hold is read as it was written', () => {
  const numbers = Array.from({ length: 2 ** codeDigits }, (_, number) => number);
  expect(numbers.map((number) => fromGray(toGray(number)))).toEqual(numbers);
});

test('from one picture to the next one digit changes', () => {
  const changes = Array.from({ length: 2 ** codeDigits - 1 }, (_, number) => {
    const before = toGray(number);
    return toGray(number + 1).filter((one, digit) => one !== before[digit]).length;
  });
  expect(new Set(changes)).toEqual(new Set([1]));
});
