import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import path from 'node:path';
import type { Figure } from './figure.ts';

export interface Report {
  /** What was asked for. */
  options: object;
  figures: readonly Figure[];
  measured: object;
}

/** Writes everything that was measured, with the machine, as one JSON file; gives its path. */
export const writeReport = async ({ options, figures, measured }: Report): Promise<string> => {
  const folder = path.resolve('var/bench');
  await mkdir(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = path.join(folder, `${at.slice(0, 19).replaceAll(':', '-')}.json`);
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
  };
  const text = JSON.stringify({
    at,
    machine,
    options,
    figures,
    measured,
  });
  await writeFile(file, text);
  return path.relative('.', file);
};
