import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { endChild, exitOf } from '../../core/runtime/child.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Site } from '../../core/schema/site.ts';
import { repositoryRoot } from '../conformance/sources.ts';

/** `xueliang up` as a person would start it, from the sources. */
export interface SiteUnderTest {
  api: string;
  dataFolder: string;
  /** The program's own log so far, a line each. */
  log: readonly string[];
  /** Process ids of a role, first to last, as the supervisor started them. */
  pidsOf(name: string): number[];
  /** Tells it to stop and gives its exit code. */
  stop(): Promise<number | null>;
}

const mainEntry = path.join(repositoryRoot, 'main.ts');

/** Runs one verb of the program to its end. */
export const runVerb = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', mainEntry, ...args], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const { code } = await exitOf(child);
  return { code, stdout, stderr };
};

export const startSite = async (
  folder: string,
  site: Site,
  env: Readonly<Record<string, string>> = {},
  port = 0,
): Promise<SiteUnderTest> => {
  const dataFolder = path.join(folder, 'data');
  const siteFile = path.join(folder, 'site.yaml');
  await mkdir(folder, { recursive: true });
  await writeFile(siteFile, stringify(site));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', mainEntry, 'up', '--json', '--site', siteFile, '--port', String(port)],
    {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, XUELIANG_DATA: dataFolder },
    },
  );
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const api = await readyAddress(child, log);
  return {
    api,
    dataFolder,
    log,
    pidsOf: (name) => log.flatMap((line) => startedPid(line, name)),
    stop: async () => {
      await endChild(child, systemClock, 60_000);
      return child.exitCode;
    },
  };
};

const readyAddress = async (child: ChildProcess, log: readonly string[]): Promise<string> => {
  if (!child.stdout) throw new TypeError('no standard output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), exitOf(child).then(() => undefined)]);
  if (!first || first.done) throw new Error(`the site did not start:\n${log.slice(-10).join('\n')}`);
  return (JSON.parse(first.value) as { api: string }).api;
};

const startedPid = (line: string, name: string): number[] => {
  if (!line.includes('"role started"')) return [];
  const { service, pid } = JSON.parse(line) as { service: string; pid: number };
  return service === name ? [pid] : [];
};
