import { readFile } from 'node:fs/promises';
import { processTree } from '../measure/process-cpu.ts';
import { runListeners } from './listeners.ts';
import { type Latencies, runLoad } from './load.ts';
import type { ApiBenchOptions } from './options.ts';
import { publishTracks } from './publish.ts';
import type { RunningApi } from './running-api.ts';

/** What one load showed. */
export interface LoadResult extends Latencies {
  /** The API's share of its core, and its memory at the end. */
  apiCores: number;
  apiBytes: number;
}

export interface ApiMeasured {
  open: LoadResult;
  history: LoadResult;
  listeners: LoadResult;
  tracks: LoadResult & { publishedPerSecond: number; writtenPerSecond: number };
}

/** What a duty officer's screen asks for: the open alerts. */
const openAlertsPath = '/api/v1/alerts/open?limit=50';

const dayMs = 86_400_000;

const historyPath = (span: { fromMs: number; toMs: number }) => (index: number) => {
  const days = [1, 7, 30][index % 3] ?? 1;
  const share = (index * 0.618_034) % 1; // spread over the year, the same in every run
  const from = Math.floor(span.fromMs + share * (span.toMs - span.fromMs - days * dayMs));
  const filter = ['', '&kind=intrusion', '&severity=urgent', '&place=431103110201'][index % 4] ?? '';
  return `/api/v1/alerts?from=${from}&to=${from + days * dayMs}${filter}&limit=50`;
};

const measured = async <Result>(pid: number, run: () => Promise<Result>) => {
  const cpu = () => processTree(pid)[0];
  const before = cpu();
  const at = performance.now();
  const result = await run();
  const after = cpu();
  const seconds = (performance.now() - at) / 1000;
  const apiCores = ((after?.cpuSeconds ?? Number.NaN) - (before?.cpuSeconds ?? Number.NaN)) / seconds;
  return { ...result, apiCores, apiBytes: after?.residentBytes ?? Number.NaN };
};

const trackRows = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^xueliang_api_history_track_rows_total\{[^}]*\} (\d+)/gm);
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
};

const runTracks = async (api: RunningApi, options: ApiBenchOptions, signal: AbortSignal) => {
  const { seconds, tracks } = options;
  const before = await trackRows(api.url);
  const at = performance.now();
  const [published, latencies] = await Promise.all([
    publishTracks(api.bus, tracks, seconds, signal),
    runLoad({ url: api.url, rate: 20, seconds, path: () => openAlertsPath, signal }),
  ]);
  const written = (await trackRows(api.url)) - before;
  const took = (performance.now() - at) / 1000;
  return { ...latencies, publishedPerSecond: published / took, writtenPerSecond: written / took };
};

export interface LoadsOptions extends ApiBenchOptions {
  span: { fromMs: number; toMs: number };
  say(line: string): void;
  signal: AbortSignal;
}

/** Puts the loads on the API one after the other. */
export const runLoads = async (api: RunningApi, options: LoadsOptions): Promise<ApiMeasured> => {
  const { seconds, listeners, span, say, signal } = options;
  const { url, pid, bus } = api;
  const base = { url, seconds, signal };
  say(`load      open alerts, ${seconds} s`);
  const open = await measured(pid, () => runLoad({ ...base, rate: 300, path: () => openAlertsPath }));
  say(`load      history, ${seconds} s`);
  const history = await measured(pid, () => runLoad({ ...base, rate: 20, path: historyPath(span) }));
  say(`load      ${listeners} listeners, ${seconds} s`);
  const heard = await measured(pid, () => runListeners({ ...base, bus, listeners, rate: 4 }));
  say(`load      tracks, ${seconds} s`);
  const tracks = await measured(pid, () => runTracks(api, options, signal));
  return { open, history, listeners: heard, tracks };
};

/** How many wanted to run on this machine's cores of late: whether the figures mean anything. */
export const loadAverage = async (): Promise<number> =>
  Number((await readFile('/proc/loadavg', 'utf8')).split(' ')[0]);
