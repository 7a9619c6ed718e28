import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { endChild, exitOf } from '../../core/runtime/child.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { portProblem } from '../../core/runtime/free-port.ts';
import { demoError } from './errors.ts';

export interface RunSiteOptions {
  /** The program's entry, built or as source. */
  entry: string;
  siteFile: string;
  dataFolder: string;
  logFile: string;
  /** More variables for the program: a camera's credentials. */
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  signal: AbortSignal;
}

/** `xueliang up` at work. */
export interface RunningSite {
  api: string;
  /** Resolves when the program has ended by itself or been closed. */
  ended: Promise<{ code: number | null }>;
  close(): Promise<void>;
}

const usualPort = 8433;
const graceMs = 45_000;

/** Starts `xueliang up`, applies the site file in case an earlier run left another one, and waits until it serves. */
export const runSite = async (options: RunSiteOptions): Promise<RunningSite> => {
  const { entry, siteFile, dataFolder, logFile, clock, signal } = options;
  const env = { ...process.env, ...options.env, XUELIANG_DATA: dataFolder };
  const port = (await portProblem('127.0.0.1', usualPort)) === undefined ? usualPort : 0;
  const child = spawn(
    process.execPath,
    [...process.execArgv, entry, 'up', '--json', '--site', siteFile, '--port', String(port)],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env },
  );
  child.stderr.pipe(createWriteStream(logFile, { flags: 'a' }));
  const ended = exitOf(child);
  const close = async (): Promise<void> => {
    await endChild(child, clock, graceMs);
  };
  const stop = (): void => void close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const api = await readyLine(child, ended, logFile);
    if (api !== undefined) await applySite({ entry, siteFile, env });
    return { api: api ?? '', ended, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

type SiteProcess = ChildProcessByStdio<null, Readable, Readable>;

const readyLine = async (
  child: SiteProcess,
  ended: Promise<{ code: number | null }>,
  logFile: string,
): Promise<string | undefined> => {
  const lastWords: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    lastWords.push(...chunk.toString().trim().split('\n'));
    lastWords.splice(0, Math.max(0, lastWords.length - 5));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), ended.then(() => undefined)]);
  if (first && !first.done) {
    child.stdout.resume();
    return (JSON.parse(first.value) as { api: string }).api;
  }
  const { code } = await ended;
  if (code === 0) return undefined; // told to stop before it was ready
  throw demoError(
    'demo-site-failed',
    `the site ended with exit code ${code}; its log is ${logFile}\n${lastWords.join('\n')}`,
  );
};

/** The bucket rules over the file that `up` is given; here the file is made anew at every start, so it is applied. */
const applySite = async ({
  entry,
  siteFile,
  env,
}: {
  entry: string;
  siteFile: string;
  env: NodeJS.ProcessEnv;
}): Promise<void> => {
  const child = spawn(process.execPath, [...process.execArgv, entry, 'apply', '-f', siteFile], {
    stdio: 'ignore',
    env,
  });
  const { code } = await exitOf(child);
  if (code !== 0) throw demoError('demo-site-failed', `applying '${siteFile}' ended with exit code ${code}`);
};
