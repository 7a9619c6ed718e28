import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Environment } from '../../core/config/environment.ts';
import { portProblem } from '../../core/runtime/free-port.ts';
import { lockHolder } from '../../core/runtime/site-lock.ts';
import { type CheckResult, fail, ok, warn } from './check.ts';

const run = promisify(execFile);
const leastNode = [20, 19] as const;
const leastFreeBytes = 2 * 1024 ** 3;
const programTimeoutMs = 10_000;

export const checkRuntime = async (): Promise<CheckResult> => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const found = `Node ${process.versions.node}, ${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GB`;
  return isEnough
    ? ok('runtime', found)
    : fail('runtime', found, `install Node ${leastNode.join('.')} or newer`);
};

/** A program from Debian that the product starts; `/usr/sbin` is not on everybody's PATH. */
export const checkProgram = async (
  name: string,
  versionArgs: readonly string[],
  remedy: string,
): Promise<CheckResult> => {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` };
  try {
    const { stdout, stderr } = await run(name, [...versionArgs], { env, timeout: programTimeoutMs });
    return ok(name, (stdout || stderr).split('\n')[0]?.slice(0, 80) ?? 'there');
  } catch {
    return fail(name, 'not found', remedy); // whatever the reason, it cannot be run
  }
};

export const checkPort = async ({ apiHost, apiPort, dataFolder }: Environment): Promise<CheckResult> => {
  const name = 'api port';
  if (apiPort === 0) return ok(name, 'any free port');
  const holder = await lockHolder(dataFolder);
  if (holder !== undefined) return ok(name, `${apiHost}:${apiPort}, the site runs as process ${holder}`);
  const problem = await portProblem(apiHost, apiPort);
  return problem === undefined
    ? ok(name, `${apiHost}:${apiPort} is free`)
    : fail(
        name,
        `${apiHost}:${apiPort}: ${problem}`,
        'end what listens there, or choose another with --port or XUELIANG_API_PORT',
      );
};

export const checkDisk = async ({ dataFolder }: Environment): Promise<CheckResult> => {
  const name = 'data folder';
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    await access(dataFolder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    return fail(
      name,
      `${dataFolder}: ${reason}`,
      'make the folder writable for this user or set XUELIANG_DATA',
    );
  }
  const { bavail, bsize } = await statfs(dataFolder);
  const freeBytes = bavail * bsize;
  const found = `${dataFolder}, ${(freeBytes / 1024 ** 3).toFixed(1)} GB free`;
  return freeBytes >= leastFreeBytes
    ? ok(name, found)
    : warn(name, found, 'free some disk space: below 2 GB evidence is shed soon');
};
