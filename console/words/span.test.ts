import { afterEach, describe, expect, it } from 'vitest';
import { language } from './language.ts';
import { clockSpan, saySpan } from './span.ts';

afterEach(() => {
  language.value = 'zh';
});

describe('spans of time', () => {
  it.each([
    [0, '0 秒'],
    [2100, '2.1 秒'],
    [9960, '10 秒'],
    [119_000, '119 秒'],
    [119_900, '2 分钟'],
    [3_600_000, '1 小时'],
    [5_400_000, '1 小时 30 分钟'],
    [90_000_000, '1 天 1 小时'],
  ])('says %i ms as %s', (ms, said) => {
    expect(saySpan(ms)).toBe(said);
  });

  it('speaks English when it is told to', () => {
    language.value = 'en';
    expect(saySpan(5_400_000)).toBe('1 h 30 min');
  });

  it('keeps the width of a countdown', () => {
    expect([clockSpan(65_000), clockSpan(-65_000), clockSpan(43_200_000)]).toEqual([
      '1:05',
      '1:05',
      '12:00:00',
    ]);
  });
});
