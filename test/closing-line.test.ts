import { describe, expect, it } from 'vitest';
import { type CountedModule, countTests, isGood, toClosingLine } from './closing-line.ts';

const moduleWith = (
  states: string[],
  { errors = 0, suiteErrors = [] }: { errors?: number; suiteErrors?: number[] } = {},
): CountedModule => ({
  errors: () => Array(errors).fill('error'),
  children: {
    allTests: () => states.map((state) => ({ result: () => ({ state }) })),
    allSuites: () => suiteErrors.map((count) => ({ errors: () => Array(count).fill('error') })),
  },
});

describe('countTests', () => {
  it('adds up the states over all files', () => {
    const modules = [moduleWith(['passed', 'failed', 'skipped']), moduleWith(['passed', 'passed'])];

    expect(countTests(modules, 0)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts nothing where nothing was', () => {
    expect(countTests([], 0)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('counts a file that does not load as one failed test', () => {
    expect(countTests([moduleWith([], { errors: 2 })], 0).failed).toBe(1);
  });

  it('counts a suite whose set-up fails as one failed test beside its skipped ones', () => {
    const modules = [moduleWith(['skipped', 'skipped'], { suiteErrors: [0, 3] })];

    expect(countTests(modules, 0)).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('counts a test that never came to a result as failed', () => {
    expect(countTests([moduleWith(['pending', 'passed'])], 0)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts errors outside any test as failed', () => {
    expect(countTests([moduleWith(['passed'])], 2).failed).toBe(2);
  });

  it('words the line, with what was skipped only when something was', () => {
    expect(toClosingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(toClosingLine({ passed: 1, failed: 2, skipped: 3 })).toBe('3 skipped\n1 passed, 2 failed');
  });

  it.each([
    [{ passed: 1, failed: 0, skipped: 5 }, true],
    [{ passed: 9, failed: 1, skipped: 0 }, false],
    [{ passed: 0, failed: 0, skipped: 7 }, false],
  ])('finds %j good: %s', (counts, good) => {
    expect(isGood(counts)).toBe(good);
  });
});
