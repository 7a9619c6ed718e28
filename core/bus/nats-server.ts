import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import type { Logger } from '../log.ts';
import { type ChildExit, endChild, exitOf } from '../runtime/child.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { busError } from './errors.ts';
import type { FeedAccount } from './nats-accounts.ts';
import { moveToSiteAccount, writeServerConf } from './nats-server-conf.ts';
import { endLeftOver } from './nats-server-left-over.ts';
import { createServerLog, type ServerLog } from './nats-server-log.ts';
import { readPortsFile, removePortsFiles } from './nats-server-ports.ts';

export interface NatsServerOptions {
  /** The program to start. Without a path it is looked for on PATH and in the folders for servers. */
  binary?: string;
  confPath: string;
  /** Where JetStream keeps its streams. */
  dataFolder: string;
  /** Where the pid and ports files go; of this server alone. */
  runFolder: string;
  maxStoreBytes: number;
  /** Where to listen; any free port unless given. A restarted server keeps its port for those who know it. */
  port?: number;
  user: string;
  password: string;
  /** Who else may sign in, to read its feed. */
  subscribers?: readonly FeedAccount[];
  /** More environment for the child, which gets nothing of ours by itself. */
  env?: Readonly<Record<string, string>>;
  clock?: Clock;
  /** Ends the server, also while it starts. */
  signal?: AbortSignal;
  log?: Logger;
  /** How long it may take until it listens: a large store is read first. */
  readyWithinMs?: number;
}

/** How a server ended and what it said last. */
interface ServerExit extends ChildExit {
  lastLines: readonly string[];
}

export interface NatsServer {
  /** Without user and password. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process is gone, whoever ended it. */
  readonly exited: Promise<ServerExit>;
  /** Ends the server and resolves when it is gone. */
  close(): Promise<void>;
}

/** An ordinary user's PATH lacks /usr/sbin on Debian, where its nats-server is. */
const serverFolders = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const defaultReadyWithinMs = 60_000;
/** Closing writes what JetStream holds in memory; measured far below a second. */
const closeGraceMs = 15_000;
const lookEveryMs = 20;

/**
 * Starts a nats-server with JetStream on a free loopback port and resolves when it listens. A server that an
 * earlier, killed process left running on the same folders is ended first: two on one store would ruin it. The
 * caller holds the site's lock. Throws `bus-server-missing`, `bus-server-exited` or `bus-server-late`, and the
 * signal's reason when it aborts first.
 */
export const openNatsServer = async (options: NatsServerOptions): Promise<NatsServer> => {
  const { clock = systemClock, log, runFolder, dataFolder, signal } = options;
  signal?.throwIfAborted();
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await mkdir(runFolder, { recursive: true, mode: 0o700 });
  await endLeftOver(runFolder, clock, log);
  await removePortsFiles(runFolder);
  await moveToSiteAccount(dataFolder);
  const confCopy = await writeServerConf(options.confPath, runFolder, options.subscribers ?? []);

  const child = startServer(options, confCopy);
  const output = createServerLog(child, log);
  const exited = exitOf(child).then(async (exit) => {
    await output.ended;
    return { ...exit, lastLines: output.lastLines() };
  });
  const close = () => endChild(child, clock, closeGraceMs);
  try {
    const url = await listening(child, exited, output, options);
    signal?.addEventListener('abort', () => void close(), { once: true });
    return { url, pid: pidOf(child), exited, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * In a session of its own, so that Ctrl-C in the terminal reaches the program alone, which still needs the bus
 * while it drains.
 */
const startServer = (options: NatsServerOptions, confPath: string): ChildProcess => {
  const { binary = 'nats-server', runFolder, port, env = {} } = options;
  const { PATH: path = '', ...others } = env;
  const args = ['-c', confPath, '--ports_file_dir', runFolder, '-P', `${runFolder}/nats-server.pid`];
  if (port !== undefined) args.push('-p', String(port));
  return spawn(binary, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...others,
      PATH: path === '' ? serverFolders : `${path}:${serverFolders}`,
      XUELIANG_NATS_STORE: quoted(options.dataFolder),
      XUELIANG_NATS_STORE_BYTES: String(Math.floor(options.maxStoreBytes)),
      XUELIANG_NATS_USER: quoted(options.user),
      XUELIANG_NATS_PASSWORD: quoted(options.password),
    },
  });
};

/** nats-server parses a variable's value like configuration: unquoted, the password `1e5` would be a number. */
const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`;

const pidOf = (child: ChildProcess): number => child.pid ?? 0;

const listening = async (
  child: ChildProcess,
  exited: Promise<ServerExit>,
  output: ServerLog,
  options: NatsServerOptions,
): Promise<string> => {
  const { clock = systemClock, runFolder, signal, readyWithinMs = defaultReadyWithinMs } = options;
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = notStarted(options.binary ?? 'nats-server', error);
  });
  void exited.then((exit) => {
    failure ??= endedAtStart(exit);
  });
  const deadline = clock.monotonic() + readyWithinMs;
  for (;;) {
    signal?.throwIfAborted();
    if (failure) throw failure;
    const url = await readPortsFile(runFolder, pidOf(child));
    if (url !== undefined) return url;
    if (clock.monotonic() >= deadline) throw tooLate(readyWithinMs, output);
    await clock.sleep(lookEveryMs, signal);
  }
};

const notStarted = (binary: string, cause: Error) =>
  busError(
    'bus-server-missing',
    `cannot start '${binary}' (${cause.message}): install Debian's package nats-server, or set XUELIANG_NATS_URL to a server that runs already`,
    { cause, binary },
  );

const endedAtStart = ({ code, signal, lastLines }: ServerExit) =>
  busError(
    'bus-server-exited',
    `nats-server ended while starting (${signal ?? `exit code ${code}`}): ${lastLines.slice(-3).join(' | ')}`,
    { exitCode: code, signal, lastLines },
  );

const tooLate = (readyWithinMs: number, output: ServerLog) =>
  busError(
    'bus-server-late',
    `nats-server did not listen within ${readyWithinMs / 1000} s: ${output.lastLines().slice(-3).join(' | ')}`,
    { readyWithinMs, lastLines: output.lastLines() },
  );
