import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../../../core/log.ts';
import type { Sweep } from '../../../core/schema/sweep.ts';
import { keepSweep, readSweeps, sweepFolder } from './kept-sweeps.ts';

let folder: string;
const log = createLogger({ level: 'silent' });
const point = { score: 0.35, precision: 1, recall: 0.5, f1: 0.67 };
const sweep = (at: number): Sweep => ({
  ...{ modelId: 'yolox-nano-416', at },
  folders: [
    {
      ...{ name: 'gate-1', pictures: 40 },
      labels: [{ label: 'person', truths: 80, ap50: 0.7, points: [point], best: point }],
    },
  ],
});

beforeEach(async () => {
  folder = sweepFolder(await mkdtemp(path.join(tmpdir(), 'sweeps-')));
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

test('a sweep is read as it was kept, the latest first', async () => {
  await keepSweep(folder, sweep(1000));
  await keepSweep(folder, sweep(2000));

  expect(await readSweeps(folder, log)).toEqual([sweep(2000), sweep(1000)]);
});

test('what is no sweep is left out', async () => {
  await keepSweep(folder, sweep(1000));
  await writeFile(path.join(folder, 'half.json'), '{"modelId":');
  await writeFile(path.join(folder, 'other.json'), '{"modelId":"x","at":1,"folders":[{}]}');

  expect(await readSweeps(folder, log)).toEqual([sweep(1000)]);
});

test('nothing was swept yet: there is none', async () => {
  expect(await readSweeps(folder, log)).toEqual([]);
});
