import { describe, expect, it } from 'vitest';
import { parseStat, processTree } from './process-cpu.ts';

describe('parseStat', () => {
  it('reads behind a name that holds blanks and brackets', () => {
    const fields = '(a) b) S 12 0 0 0 0 0 0 0 0 0 150 50 20 30 0 0 1 0 0 0 10';

    expect(parseStat(`7 ${fields}`)).toMatchObject({ parent: 12, cpuSeconds: 2.5 });
  });
});

describe('processTree', () => {
  it('finds this very process', () => {
    const [self] = processTree(process.pid);

    expect(self).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(self?.residentBytes).toBeGreaterThan(0);
  });
});
