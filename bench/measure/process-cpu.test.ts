import { describe, expect, it } from 'vitest';
import { parseStat, parseStolen, processTree } from './process-cpu.ts';

describe('parseStat', () => {
  it('reads behind a name that holds blanks and brackets', () => {
    const fields = '(a) b) S 12 0 0 0 0 0 0 0 0 0 150 50 20 30 0 0 1 0 0 0 10';

    expect(parseStat(`7 ${fields}`)).toMatchObject({ parent: 12, cpuSeconds: 2.5 });
  });
});

describe('parseStolen', () => {
  it('reads what the host kept of all cores', () => {
    expect(parseStolen('cpu  256966 0 24647 84016 1337 0 3888 2440 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n')).toBe(
      24.4,
    );
  });

  it('is nothing where the kernel does not say', () => {
    expect([parseStolen('cpu 1 2 3'), parseStolen('')]).toEqual([0, 0]);
  });
});

describe('processTree', () => {
  it('finds this very process', () => {
    const [self] = processTree(process.pid);

    expect(self).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(self?.residentBytes).toBeGreaterThan(0);
  });
});
