import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { parseStat, parseStolen, processTree, threadSeconds } from './process-cpu.ts';

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

describe('threadSeconds', () => {
  it('tells the threads of this very process by their names', async () => {
    const thread = new Worker(
      "require('node:fs').writeFileSync('/proc/thread-self/comm', 'known'); setInterval(() => {}, 1e6); require('node:worker_threads').parentPort.postMessage('named')",
      { eval: true },
    );
    await once(thread, 'message');
    const seconds = threadSeconds(process.pid);
    await thread.terminate();

    expect(seconds.get('main')).toBeGreaterThan(0);
    expect(seconds.has('known')).toBe(true);
  });
});

describe('processTree', () => {
  it('finds this very process', () => {
    const [self] = processTree(process.pid);

    expect(self).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(self?.residentBytes).toBeGreaterThan(0);
  });
});
