import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadEnvironment } from '../../core/config/environment.ts';
import type { ApiBenchDeps } from '../api/run-api-bench.ts';
import { showTable } from '../report/table.ts';
import { writeReport } from '../report/write-report.ts';
import { openBrowser } from './browser.ts';
import { toConsoleFigures } from './console-figures.ts';
import { openConsoleTown } from './console-town.ts';
import { measureMemory } from './measures/memory.ts';
import { consoleUsage, parseConsoleOptions } from './options.ts';
import { prepareWallReels } from './wall-reels.ts';

/** Measures the console in a browser, and removes everything but the report. */
export const runConsoleBench = async (args: readonly string[], deps: ApiBenchDeps): Promise<void> => {
  const options = parseConsoleOptions(args);
  if (!options) {
    process.stdout.write(`${consoleUsage}\n`);
    return;
  }
  const { say, signal } = deps;
  await deps.ensureBuilt();
  const folder = await mkdtemp(path.join(tmpdir(), 'xueliang-bench-console-'));
  const browser = await openBrowser();
  try {
    const { cacheFolder } = loadEnvironment(process.env);
    const reels = await prepareWallReels({ cacheFolder, signal });
    const town = await openConsoleTown(reels, path.join(folder, 'town'), signal);
    try {
      const { memorySeconds: seconds, everySeconds } = options;
      const memory = await measureMemory({ town, browser, seconds, everySeconds, rate: 10, say, signal });
      const measured = { chromium: browser.version, memory };
      const figures = toConsoleFigures(measured);
      process.stdout.write(`${showTable(figures)}\n`);
      say(`report    ${await writeReport({ options, figures, measured })}`);
    } finally {
      await town.close();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
};
