import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import type { Clock } from '../runtime/clock.ts';

const graceMs = 10_000;
const lookEveryMs = 50;

/** Ends the nats-server that an earlier process started on `runFolder` and did not live to end. */
export const endLeftOver = async (
  runFolder: string,
  clock: Clock,
  log: Logger | undefined,
): Promise<void> => {
  const pid = Number(await readFile(join(runFolder, 'nats-server.pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1 || !(await isOurs(pid, runFolder))) return;
  log?.warn({ service: 'nats-server', pid }, 'ending the nats-server that an earlier start left running');
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    kill(pid, signal);
    if (await goneWithin(graceMs, pid, runFolder, clock)) return;
  }
};

/** Whether the process still runs and was started on this folder; the pid alone may be somebody else's by now. */
const isOurs = async (pid: number, runFolder: string): Promise<boolean> => {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const args = commandLine.split('\0');
  return args.includes('--ports_file_dir') && args.includes(runFolder);
};

const goneWithin = async (ms: number, pid: number, runFolder: string, clock: Clock): Promise<boolean> => {
  const deadline = clock.monotonic() + ms;
  while (await isOurs(pid, runFolder)) {
    if (clock.monotonic() >= deadline) return false;
    await clock.sleep(lookEveryMs);
  }
  return true;
};

const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone between the look and the kill, which is what was wanted.
  }
};
