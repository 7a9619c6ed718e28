import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitOf } from './child.ts';
import { lockHolder, takeSiteLock } from './site-lock.ts';

let folder: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-lock-'));
});
afterEach(async () => {
  if (running) {
    running.kill('SIGKILL');
    await exitOf(running);
  }
  running = undefined;
  await rm(folder, { recursive: true });
});

const leave = (pid: number | string) => writeFile(path.join(folder, 'up.pid'), `${pid}\n`);

/** A process whose command line looks like ours. */
const startLookalike = async (): Promise<number> => {
  const script = path.join(folder, 'main.js');
  await writeFile(script, 'process.stdin.resume(); process.stdout.write("up")');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  running = child;
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
};

test('refuses a second run of a site, naming the process', async () => {
  const pid = await startLookalike();
  await leave(pid);

  await expect(takeSiteLock(folder, process.pid)).rejects.toMatchObject({
    code: 'site-running',
    facts: { pid },
  });
});

test.each([
  ['of a process that is gone', 999_999_999],
  ['of a process that is somebody else’s', 1],
  ['that is no number', 'x'],
])('takes over a lock %s', async (_, pid) => {
  await leave(pid);

  const lock = await takeSiteLock(folder, process.pid);

  await lock.release();
  expect(await lockHolder(folder)).toBeUndefined();
});
