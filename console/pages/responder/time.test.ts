import { beforeEach, expect, test } from 'vitest';
import { language } from '../../words/language.ts';
import { timeZone } from '../../words/site-time.ts';
import { clock } from './time.ts';

const at = Date.UTC(2026, 10, 28, 17, 5);

beforeEach(() => {
  language.value = 'en';
});

test.each([
  ['Asia/Shanghai', '01:05'],
  ['Asia/Urumqi', '23:05'],
  ['America/New_York', '12:05'],
])('in %s it is %s', (zone, said) => {
  timeZone.value = zone;

  expect(clock(at, at)).toBe(said);
});

test('the day is said when it is another one on the site', () => {
  timeZone.value = 'Asia/Shanghai';
  const hourBefore = at - 3_600_000;

  expect(clock(at, hourBefore - 600_000)).toBe('29 Nov, 01:05');
  language.value = 'zh';
  expect(clock(at, hourBefore - 600_000)).toBe('11月29日 01:05');
  expect(clock(at, hourBefore)).toBe('01:05');
});
