import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { benchError } from '../errors.ts';
import { showTable } from '../report/table.ts';
import { writeReport } from '../report/write-report.ts';
import { toApiFigures } from './api-figures.ts';
import { createApiSite } from './api-site.ts';
import { fillHistory } from './fill-history.ts';
import { loadAverage, runLoads } from './loads.ts';
import { apiUsage, parseApiOptions } from './options.ts';
import { raiseAlerts } from './publish.ts';
import { startApi } from './running-api.ts';

export interface ApiBenchDeps {
  ensureBuilt(): Promise<void>;
  say(line: string): void;
  signal: AbortSignal;
}

const yearMs = 365 * 86_400_000;

/** Measures the API under load, its own core to itself, and removes everything but the report. */
export const runApiBench = async (args: readonly string[], deps: ApiBenchDeps): Promise<void> => {
  const options = parseApiOptions(args);
  if (!options) {
    process.stdout.write(`${apiUsage}\n`);
    return;
  }
  if (availableParallelism() < 2) {
    throw benchError('bench-side-failed', 'the API and who asks it need a core each; this machine has one');
  }
  const { say, signal } = deps;
  await deps.ensureBuilt();
  const folder = await mkdtemp(path.join(tmpdir(), 'xueliang-bench-api-'));
  try {
    const toMs = Date.now() - 3_600_000;
    const span = { fromMs: toMs - yearMs, toMs };
    await fillHistory({ folder: path.join(folder, 'history'), alerts: options.alerts, ...span, say, signal });
    const loadBefore = await loadAverage();
    const api = await startApi({ folder, site: createApiSite(), isPinned: true, signal });
    try {
      say(`fill      ${options.open} open alerts on the bus`);
      await raiseAlerts(api.bus, options.open, signal);
      const measured = await runLoads(api, { ...options, span, say, signal });
      const figures = toApiFigures(measured, options);
      process.stdout.write(`${showTable(figures)}\n`);
      say(`report    ${await writeReport({ options, figures, measured: { ...measured, loadBefore } })}`);
    } finally {
      await api.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
