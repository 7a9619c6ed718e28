import { setTimeout as sleep } from 'node:timers/promises';
import { loadAverage } from '../../api/loads.ts';
import { startTraffic } from '../alert-traffic.ts';
import type { BenchBrowser, OpenedPage } from '../browser.ts';
import type { ConsoleTown } from '../console-town.ts';

/** One page at one moment, after its garbage was collected. */
export interface PageMemory {
  /** Bytes that scripts hold. */
  heap: number;
  nodes: number;
  listeners: number;
  /** Seconds of video that the players keep, over all tiles. */
  bufferedSeconds: number;
  liveTiles: number;
}

export interface MemorySample {
  /** Seconds since the first. */
  at: number;
  wall: PageMemory;
  queue: PageMemory;
  /** By kind and process id, in bytes. */
  resident: Readonly<Record<string, number>>;
  raised: number;
  resolved: number;
  load: number;
}

export interface MemoryOptions {
  town: ConsoleTown;
  browser: BenchBrowser;
  seconds: number;
  everySeconds: number;
  /** Alerts a second. */
  rate: number;
  say(line: string): void;
  signal: AbortSignal;
}

const liveWithinMs = 60_000;

/** A wall of nine and the queue, each on a screen of its own, while alerts come: what both hold, at intervals. */
export const measureMemory = async (options: MemoryOptions): Promise<MemorySample[]> => {
  const { town, browser, rate, signal } = options;
  const wall = await browser.open(`${town.api}/wall`);
  await wall.page.getByRole('button', { name: '9', exact: true }).click();
  await wall.page.locator('.live[data-state="live"]').nth(8).waitFor({ timeout: liveWithinMs });
  const queue = await browser.open(town.api);
  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  const traffic = startTraffic({ bus: town.bus, cameras: town.cameras, rate, signal: over });
  try {
    return await sampleAll(options, { wall, queue }, traffic);
  } finally {
    ending.abort();
    await traffic.ended;
    await wall.context.close();
    await queue.context.close();
  }
};

const sampleAll = async (
  { browser, seconds, everySeconds, say, signal }: MemoryOptions,
  { wall, queue }: Readonly<Record<'wall' | 'queue', OpenedPage>>,
  traffic: { raised: number; resolved: number },
): Promise<MemorySample[]> => {
  const begin = performance.now();
  const samples: MemorySample[] = [];
  for (let due = 0; due <= seconds; due += everySeconds) {
    await sleep(Math.max(0, begin + due * 1000 - performance.now()), undefined, { signal });
    const sample: MemorySample = {
      at: (performance.now() - begin) / 1000,
      wall: await lookAt(wall),
      queue: await lookAt(queue),
      resident: await browser.resident(),
      ...{ raised: traffic.raised, resolved: traffic.resolved, load: await loadAverage() },
    };
    samples.push(sample);
    say(tell(sample));
  }
  return samples;
};

/** What of a page is to be collected is collected twice: what finalisers let go goes with the second. */
const lookAt = async ({ page, devTools }: OpenedPage): Promise<PageMemory> => {
  await devTools.send('Performance.enable');
  await devTools.send('HeapProfiler.collectGarbage');
  await devTools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devTools.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const tiles = await page.evaluate(() => ({
    bufferedSeconds: [...document.querySelectorAll('video')].reduce(
      (sum, { buffered }) =>
        sum + (buffered.length === 0 ? 0 : buffered.end(buffered.length - 1) - buffered.start(0)),
      0,
    ),
    liveTiles: document.querySelectorAll('.live[data-state="live"]').length,
  }));
  return {
    heap: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    ...tiles,
  };
};

const mb = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1);

const tell = ({ at, wall, queue, resident, raised, load }: MemorySample): string => {
  const page = ({ heap, nodes, listeners }: PageMemory): string => `${mb(heap)} MB ${nodes} n ${listeners} l`;
  const renderers = Object.entries(resident).filter(([name]) => name.startsWith('renderer'));
  const bytes = renderers.map(([, value]) => mb(value)).join(' ');
  return `memory    ${Math.round(at)} s: wall ${page(wall)} ${wall.liveTiles} live ${wall.bufferedSeconds.toFixed(0)} s, queue ${page(queue)}, renderers ${bytes} MB, ${raised} raised, load ${load}`;
};
