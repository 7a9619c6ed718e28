import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { findBusAddress } from '../../../commands/bus-address.ts';
import { loadEnvironment } from '../../../core/config/environment.ts';
import { endChild } from '../../../core/runtime/child.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import type { Site } from '../../../core/schema/site.ts';
import { benchError } from '../../errors.ts';

/** `xueliang up`, built, on a site of its own. */
export interface RunningProgram {
  readonly pid: number;
  /** The API's address. */
  readonly api: string;
  busAddress(): Promise<{ url: string; user?: string | undefined; password?: string | undefined }>;
  close(): Promise<void>;
}

const entry = path.resolve(import.meta.dirname, '../../../dist/main.js');
const graceMs = 60_000;

/** Starts the program as an operator would and resolves when all its roles run. Throws `bench-side-failed`. */
export const startProgram = async (site: Site, folder: string): Promise<RunningProgram> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const siteFile = path.join(folder, 'site.yaml');
  const logFile = path.join(folder, 'up.log');
  await writeFile(siteFile, stringify(site, { aliasDuplicateObjects: false }));
  const dataFolder = path.join(folder, 'data');
  const args = [entry, 'up', '--json', '--site', siteFile, '--data', dataFolder, '--port', '0'];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.pipe(createWriteStream(logFile));
  const close = (): Promise<void> => endChild(child, systemClock, graceMs);
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  const [ready] = await once(child.stdout, 'data', { signal: ended.signal }).catch((cause: unknown) => {
    throw benchError('bench-side-failed', `the program ended before it was ready; see ${logFile}`, { cause });
  });
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    api: (JSON.parse(String(ready)) as { api: string }).api,
    busAddress: () => findBusAddress({ ...loadEnvironment({}), dataFolder }),
    close,
  };
};
