import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc tells of it. */
export interface ProcessFacts {
  pid: number;
  parent: number;
  /** Program and arguments. */
  command: string;
  /** Seconds of CPU of all its threads, and of its children that have ended. */
  cpuSeconds: number;
  residentBytes: number;
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const pageBytes = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));

/** Splits /proc/<pid>/stat. The program's name in brackets may hold blanks and brackets (proc(5)). */
export const parseStat = (text: string): Omit<ProcessFacts, 'pid' | 'command'> => {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  const ticks = field(14) + field(15) + field(16) + field(17);
  return {
    parent: field(4),
    cpuSeconds: ticks / ticksPerSecond,
    residentBytes: field(24) * pageBytes,
  };
};

/** Seconds that what runs the virtual machine kept its cores for others, over all cores; 0 where it does not say. */
export const parseStolen = (text: string): number => {
  const [, ...ticks] = text.split('\n', 1)[0]?.split(/\s+/) ?? [];
  return Number(ticks[7] ?? 0) / ticksPerSecond;
};

/** Of this machine, since it was started. */
export const stolenSeconds = (): number => parseStolen(readFileSync('/proc/stat', 'utf8'));

const readProcess = (pid: number): ProcessFacts | undefined => {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, command, ...parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')) };
  } catch {
    return undefined; // it has ended meanwhile
  }
};

/** Resident memory of a process; 0 of one that has ended. */
export const residentBytes = (pid: number): number => readProcess(pid)?.residentBytes ?? 0;

/**
 * Seconds of CPU of a process's threads that live, by the name each has given itself; its first thread is `main`. Threads without a
 * name of their own have the program's.
 */
export const threadSeconds = (pid: number): Map<string, number> => {
  const seconds = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const name = thread === String(pid) ? 'main' : text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
      seconds.set(name, (seconds.get(name) ?? 0) + parseStat(text).cpuSeconds);
    } catch {
      // It has ended meanwhile.
    }
  }
  return seconds;
};

/** A process and all that it started, directly or not, as long as they live. */
export const processTree = (root: number): ProcessFacts[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const tree: ProcessFacts[] = [];
  let parents = new Set([root]);
  tree.push(...all.filter(({ pid }) => pid === root));
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent));
    tree.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return tree;
};
