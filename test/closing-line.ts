import type { Reporter, TestModule } from 'vitest/node';

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What is asked of a test file; a part of vitest's `TestModule`. */
export interface CountedModule {
  errors(): readonly unknown[];
  children: {
    allTests(): Iterable<{ result(): { state: string } }>;
    allSuites(): Iterable<{ errors(): readonly unknown[] }>;
  };
}

/**
 * Counts tests. A file that does not load, a suite whose set-up fails and an error outside any test are a failed
 * test each, and so is a test that began and never came to a result: its process may have died.
 */
export const countTests = (modules: Iterable<CountedModule>, unhandledErrors: number): TestCounts => {
  const counts = { passed: 0, failed: unhandledErrors, skipped: 0 };
  for (const module of modules) {
    counts.failed += module.errors().length === 0 ? 0 : 1;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length === 0 ? 0 : 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'passed' || state === 'skipped' ? state : 'failed'] += 1;
    }
  }
  return counts;
};

export const toClosingLine = ({ passed, failed, skipped }: TestCounts): string =>
  `${skipped === 0 ? '' : `${skipped} skipped\n`}${passed} passed, ${failed} failed`;

/** Whether the run proves anything: something ran, and nothing failed. */
export const isGood = ({ passed, failed }: TestCounts): boolean => passed > 0 && failed === 0;

/** Makes `N passed, N failed` the last line of a test run, and a run without any test a failed one. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = countTests(modules, unhandledErrors.length);
    if (!isGood(counts)) process.exitCode = 1;
    process.once('exit', () => process.stdout.write(`${toClosingLine(counts)}\n`));
  }
}
