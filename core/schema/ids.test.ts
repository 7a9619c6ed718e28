import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { durationUpTo } from './ids.ts';

const check = (amount: number, unit: 'm' | 'h' | 'd', text: string): boolean =>
  Compile(durationUpTo(amount, unit)).Check(text);

test.each(['0s', '1ms', '86400000ms', '86400s', '01440m', '24h', '1d', '999s'])(
  '%s is at most a day',
  (text) => {
    expect(check(1, 'd', text)).toBe(true);
  },
);

test.each([
  '86400001ms',
  '86401s',
  '90000s',
  '1441m',
  '25h',
  '2d',
  '10d',
  '99999999999999d',
  '1w',
  '',
  's',
  '-1s',
  '1.5h',
])('%s is not', (text) => {
  expect(check(1, 'd', text)).toBe(false);
});

test('agrees with reckoning at every number around a bound', () => {
  const longest = Compile(durationUpTo(90, 'm'));

  for (let seconds = 0; seconds < 12_000; seconds++)
    expect(longest.Check(`${seconds}s`), `${seconds}s`).toBe(seconds <= 5400);
});
