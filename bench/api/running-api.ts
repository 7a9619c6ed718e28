import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { type ConnectedBus, connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { openNatsServer } from '../../core/bus/nats-server.ts';
import { openSiteStore } from '../../core/bus/site-store.ts';
import { applySite } from '../../core/config/apply-site.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { endChild } from '../../core/runtime/child.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Site } from '../../core/schema/site.ts';
import { benchError } from '../errors.ts';

/** The role `api` alone, with a real bus. */
export interface RunningApi {
  readonly url: string;
  readonly pid: number;
  readonly bus: ConnectedBus;
  close(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');
const account = { user: 'bench', password: 'bench-password' };
const generatorCore = '0';
const apiCore = '1';
const graceMs = 30_000;
/** Fifty thousand tracks a second are a gigabyte a minute, and none is to be lost on the way. */
const quotaBytes = 40 * 1024 ** 3;

const pin = (pid: number): Promise<unknown> =>
  promisify(execFile)('taskset', ['-a', '-c', '-p', generatorCore, String(pid)]);

const openBus = async (folder: string, site: Site) => {
  const server = await openNatsServer({
    confPath: path.join(root, 'deploy/nats/nats-server.conf'),
    ...{ dataFolder: path.join(folder, 'nats'), runFolder: path.join(folder, 'nats-run') },
    ...{ maxStoreBytes: quotaBytes * 2, ...account },
  });
  const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const bus = await connectBus({ url: server.url, ...account, name: 'bench', ...deps });
  await ensureStreams(bus.nats, { quotaBytes, tracksMaxAgeMs: 86_400_000 });
  await applySite(await openSiteStore(bus.nats), site);
  return { server, bus };
};

const startRole = (folder: string, natsUrl: string, isPinned: boolean) => {
  const command = [process.execPath, path.join(root, 'dist/main.js'), 'api'];
  const [program = '', ...args] = isPinned ? ['taskset', '-c', apiCore, ...command] : command;
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'], // the role ends when its standard input does
    env: {
      PATH: process.env['PATH'],
      XUELIANG_DATA: folder,
      XUELIANG_NATS_URL: natsUrl,
      XUELIANG_NATS_USER: account.user,
      XUELIANG_NATS_PASSWORD: account.password,
      XUELIANG_API_PORT: '0',
      XUELIANG_LOG_LEVEL: 'warn',
    },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  return { child, lastWords: () => said.trim() };
};

/** Where the role says it listens. */
const addressOf = async (bus: ConnectedBus, ended: AbortSignal, lastWords: () => string): Promise<string> => {
  const found = new AbortController();
  let address: string | undefined;
  await bus.follow({
    stream: 'ROLES',
    from: 'all',
    signal: AbortSignal.any([ended, found.signal]),
    onMessage: ({ value }) => {
      if (value.role !== 'api' || value.address === undefined) return;
      address = value.address;
      found.abort();
    },
  });
  if (address !== undefined) return address;
  throw benchError('bench-side-failed', `the role api ended before it listened: ${lastWords()}`);
};

export interface ApiOptions {
  folder: string;
  site: Site;
  /** The API has a core to itself, and the bus and who asks the other. */
  isPinned: boolean;
  signal: AbortSignal;
}

/** Starts bus and API on what lies in the folder. Throws `bench-side-failed`. */
export const startApi = async ({ folder, site, isPinned, signal }: ApiOptions): Promise<RunningApi> => {
  const { server, bus } = await openBus(folder, site);
  const { child, lastWords } = startRole(folder, server.url, isPinned);
  const close = async (): Promise<void> => {
    await endChild(child, systemClock, graceMs);
    await bus.close();
    await server.close();
  };
  try {
    const ended = new AbortController();
    child.once('exit', () => ended.abort());
    child.once('error', () => ended.abort());
    if (isPinned) for (const pid of [process.pid, server.pid]) await pin(pid);
    const url = await addressOf(bus, AbortSignal.any([ended.signal, signal]), lastWords);
    return { url, pid: child.pid ?? 0, bus, close };
  } catch (error) {
    await close();
    throw error;
  }
};
