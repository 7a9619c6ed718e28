import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Compile } from 'typebox/compile';
import type { Logger } from '../../../core/log.ts';
import { Sweep } from '../../../core/schema/sweep.ts';

const check = Compile(Sweep);
const maxSweeps = 16;
/** 64 folders of 14 labels with 18 points each are below a tenth of it. */
const maxBytes = 16 * 1024 ** 2;

/** Where sweeps are kept in a data folder. */
export const sweepFolder = (dataFolder: string): string => path.join(dataFolder, 'sweeps');

/** Keeps what a sweep measured, so that the console can show it. */
export const keepSweep = async (folder: string, sweep: Sweep): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const name = `${new Date(sweep.at).toISOString().replaceAll(/[:.]/g, '-')}-${sweep.modelId}.json`;
  await writeFile(path.join(folder, name), JSON.stringify(sweep));
};

/** What was kept of sweeps, the latest first; what is none is logged and left out. */
export const readSweeps = async (folder: string, log: Logger): Promise<Sweep[]> => {
  const names = await readdir(folder).catch(() => []); // nothing was swept yet
  const wanted = names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, maxSweeps);
  const sweeps = await Promise.all(wanted.map((name) => readSweep(path.join(folder, name), log)));
  return sweeps.filter((sweep) => sweep !== undefined).sort((a, b) => b.at - a.at);
};

const readSweep = async (file: string, log: Logger): Promise<Sweep | undefined> => {
  try {
    if ((await stat(file)).size > maxBytes) throw new RangeError('too large');
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (check.Check(value)) return value;
    throw new TypeError('not the shape of a sweep');
  } catch (error) {
    log.warn({ service: 'api', err: error, file }, 'a file among the sweeps is none; remove it');
    return undefined;
  }
};
