import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CpuWindow, type NameProcess, watchCpu } from '../../measure/cpu-window.ts';
import { processTree, threadSeconds } from '../../measure/process-cpu.ts';
import { sum } from '../../measure/quantiles.ts';
import type { ReelFile, SimulatorReport } from '../../simulator/messages.ts';
import { type LoadSimulator, openLoadSimulator } from '../../simulator/open-simulator.ts';
import { createBenchSite, type SiteTuning } from '../../site.ts';
import type { Town } from '../../town.ts';
import { type Activity, toActivity } from './activity.ts';
import { type BusObserver, openBusObserver } from './bus-observer.ts';
import { type Seen, toSeen } from './sightings.ts';
import { type RunningProgram, startProgram } from './start-program.ts';

export interface OursOptions {
  town: Town;
  reelFiles: readonly ReelFile[];
  tuning: SiteTuning;
  seconds: number;
  /** Between the last camera's being live and the window. */
  settleSeconds: number;
  /** Watching for alerts goes on for so long after the window; 0 where nobody asks for them. */
  watchOnSeconds: number;
  signal: AbortSignal;
  /** Of this run alone; removed afterwards unless something failed. */
  folder: string;
  say: (line: string) => void;
}

/** What one run of the program showed. */
export interface OursRun extends Activity, Seen {
  cameras: number;
  window: CpuWindow;
  /**
   * Share of one core of the worker's threads through which a picture goes until an alert is published: reading and decoding, detecting,
   * and the main thread. Evidence is made on others.
   */
  hotPathCores: number;
  /** Share of one core that the simulator used. */
  simulatorCores: number;
  simulator: SimulatorReport;
  /** What happened in view was watched for so long, the window included. */
  observedSeconds: number;
  /** By how much the machine's wall clock was set meanwhile: what happened in view is told by it. */
  clockSetMs: number;
}

const liveWithinMs = 120_000;
const lateAlertMs = 2000;

/** Runs the real program on simulated cameras, lets it settle, and measures. */
export const runOurs = async (options: OursOptions): Promise<OursRun> => {
  const { town, reelFiles, tuning, folder } = options;
  await rm(folder, { recursive: true, force: true });
  const simulator = await openLoadSimulator({ reels: reelFiles, cameras: town.plans });
  try {
    const program = await startProgram(createBenchSite(town.cameras, simulator.url, tuning), folder);
    try {
      const observer = await openBusObserver(await program.busAddress());
      try {
        return await measure(options, simulator, program, observer);
      } finally {
        await observer.close();
      }
    } finally {
      await program.close();
    }
  } finally {
    await simulator.close();
  }
};

const measure = async (
  { town, seconds, settleSeconds, watchOnSeconds, say, signal }: OursOptions,
  simulator: LoadSimulator,
  program: RunningProgram,
  observer: BusObserver,
): Promise<OursRun> => {
  const cameras = town.cameras.length;
  await allLive(observer, cameras, say, signal);
  await sleep(settleSeconds * 1000, undefined, { signal });
  await simulator.report(); // what was late while everything started says nothing
  const aheadBefore = wallAheadMs();
  const from = Date.now();
  const before = await countRuns(observer);
  const hotPathBefore = hotPathSeconds(program);
  const [window, simulatorWindow] = await Promise.all([
    watchCpu(program.pid, seconds, signal, nameRole),
    watchCpu(simulator.pid, seconds, signal, () => 'simulator'),
  ]);
  const hotPathAfter = hotPathSeconds(program);
  const after = await countRuns(observer);
  const runsPerSecond = ((after.runs - before.runs) * 1000) / (after.at - before.at);
  const to = Date.now();
  const report = await simulator.report();
  const seen = { from, to: to + watchOnSeconds * 1000 };
  if (watchOnSeconds > 0) await sleep(seen.to - to + lateAlertMs, undefined, { signal });
  return {
    cameras,
    window,
    hotPathCores: (hotPathAfter - hotPathBefore) / window.seconds,
    simulatorCores: simulatorWindow.cores['simulator'] ?? 0,
    simulator: report,
    ...toActivity(observer, { from, to }, runsPerSecond),
    observedSeconds: (seen.to - seen.from) / 1000,
    clockSetMs: wallAheadMs() - aheadBefore,
    ...toSeen(town, simulator.firstAt, observer, seen),
  };
};

/** Changes only when the clock is set, or while the machine is stopped. */
const wallAheadMs = (): number => Date.now() - performance.now();

const countRuns = async (observer: BusObserver) => ({ runs: await observer.countRuns(), at: Date.now() });

const allLive = async (
  observer: BusObserver,
  cameras: number,
  say: OursOptions['say'],
  signal: AbortSignal,
): Promise<void> => {
  const isLive = (): number =>
    [...observer.statuses.values()].filter((statuses) => statuses.at(-1)?.state === 'live').length;
  const deadline = Date.now() + liveWithinMs;
  while (isLive() < cameras && Date.now() < deadline) await sleep(500, undefined, { signal });
  if (isLive() < cameras) say(`ours      only ${isLive()} of ${cameras} cameras are live`);
};

/** The main thread, and those that the program itself has named. */
const hotPathThreads = /^(main|cameras-\d+|detector)$/;

/** Of CPU, since the worker started. */
const hotPathSeconds = ({ pid }: RunningProgram): number => {
  const workers = processTree(pid).filter((facts) => nameRole(facts) === 'worker');
  const threads = workers.flatMap((worker) => [...threadSeconds(worker.pid)]);
  return sum(threads.filter(([name]) => hotPathThreads.test(name)).map(([, seconds]) => seconds));
};

/** `up` and what it starts, by role. */
const nameRole: NameProcess = ({ command }) =>
  command.includes('nats-server') ? 'nats-server' : /dist\/main\.js (\w+)/.exec(command)?.[1];
