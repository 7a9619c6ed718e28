import { describe, expect, it } from 'vitest';
import { grownFacts } from './grown-facts.ts';

const facts = (count: number | undefined, dwellMs = 1000) => ({
  ...(count === undefined ? {} : { count }),
  dwellMs,
  limitDwellMs: 1000,
});

describe('grownFacts', () => {
  it.each([
    [5, 7, false],
    [5, 8, true],
    [40, 49, false],
    [40, 50, true],
    [8, 2, false],
    [undefined, 3, true],
    [3, undefined, false],
  ])('a count of %s that was told and is %s now is worth a word: %s', (told, now, isWorthIt) => {
    expect(grownFacts(facts(told), facts(now)) !== undefined).toBe(isWorthIt);
  });

  it.each([
    [1000, 1999, false],
    [1000, 2000, true],
    [2500, 3999, false],
    [2500, 4000, true],
    [8000, 999_000, false],
    [8000, 0, false],
  ])('a dwell of %i ms that was told and is %i now is worth a word: %s', (told, now, isWorthIt) => {
    expect(grownFacts(facts(1, told), facts(1, now)) !== undefined).toBe(isWorthIt);
  });

  it('tells the most there was, whatever there is now', () => {
    expect(grownFacts(facts(9, 1000), facts(4, 2100))).toEqual({
      count: 9,
      dwellMs: 2100,
      limitDwellMs: 1000,
    });
    expect(grownFacts(facts(4, 3000), facts(9, 10))).toEqual({ count: 9, dwellMs: 3000, limitDwellMs: 1000 });
  });

  it('makes nothing of a limit of no time', () => {
    expect(grownFacts({ dwellMs: 0, limitDwellMs: 0 }, { dwellMs: 5, limitDwellMs: 0 })).toBeUndefined();
  });
});
