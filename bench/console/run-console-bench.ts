import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAverage } from '../api/loads.ts';
import type { ApiBenchDeps } from '../api/run-api-bench.ts';
import { showTable } from '../report/table.ts';
import { writeReport } from '../report/write-report.ts';
import { type BenchBrowser, openBrowser } from './browser.ts';
import { toConsoleFigures } from './figures/console-figures.ts';
import { type ConsoleBenchOptions, consoleUsage, parseConsoleOptions } from './options.ts';
import { type ApiMeasures, measureMap, measureQueue } from './with-api.ts';
import { measureTown, type TownMeasures } from './with-town.ts';

export interface MeasureTools {
  options: ConsoleBenchOptions;
  browser: BenchBrowser;
  /** For everything that is to be removed afterwards. */
  folder: string;
  say(line: string): void;
  signal: AbortSignal;
}

export interface ConsoleMeasured extends ApiMeasures, TownMeasures {
  chromium: string;
  /** How many wanted to run on this machine's cores before anything was measured. */
  loadBefore: number;
}

/** Measures the console in a browser, and removes everything but the report. */
export const runConsoleBench = async (args: readonly string[], deps: ApiBenchDeps): Promise<void> => {
  const options = parseConsoleOptions(args);
  if (!options) {
    process.stdout.write(`${consoleUsage}\n`);
    return;
  }
  const loadBefore = await loadAverage();
  await deps.ensureBuilt();
  const folder = await mkdtemp(path.join(tmpdir(), 'xueliang-bench-console-'));
  const browser = await openBrowser();
  try {
    const tools = { options, browser, folder, say: deps.say, signal: deps.signal };
    const measured = { chromium: browser.version, loadBefore, ...(await measureAll(tools)) };
    const figures = toConsoleFigures(measured);
    process.stdout.write(`${showTable(figures)}\n`);
    deps.say(`report    ${await writeReport({ options, figures, measured })}`);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** What needs the role `api` alone first, then what needs cameras. */
const measureAll = async (tools: MeasureTools): Promise<ApiMeasures & TownMeasures> => {
  const wants = (...names: readonly string[]): boolean =>
    tools.options.measures.some((one) => names.includes(one));
  return {
    ...(wants('load', 'queue') ? await measureQueue(tools) : {}),
    ...(wants('map') ? await measureMap(tools) : {}),
    ...(wants('live', 'picture', 'memory') ? await measureTown(tools) : {}),
  };
};
