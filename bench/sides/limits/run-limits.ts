import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { askChild, closeChild } from '../../ask-child.ts';
import { forkChild } from '../../fork-child.ts';
import { watchCpu } from '../../measure/cpu-window.ts';
import { mean } from '../../measure/quantiles.ts';
import type { ModelFile } from '../../reference/model-file.ts';
import type { ReelFile } from '../../simulator/messages.ts';
import { openLoadSimulator } from '../../simulator/open-simulator.ts';
import type { Town } from '../../town.ts';
import type { DecodeOptions, DecodeTimes } from './decode-child.ts';
import type { ReceiveAnswer, ReceiveDemand } from './receive-child.ts';
import type { PartDemand, PartMeasure } from './serve-part.ts';
import type { SessionOptions, SessionTimes } from './session-child.ts';

export interface LimitsOptions {
  town: Town;
  reelFiles: readonly ReelFile[];
  model: ModelFile;
  seconds: number;
  signal: AbortSignal;
}

/** Milliseconds of CPU. */
export interface PartTimes {
  /** Reading a picture's packets from its connection and joining them: always at their pace. */
  receiveMs: number;
  /** Decoding one picture of a run, and a keyframe by itself. */
  frameMs: number;
  keyframeMs: number;
  /** One run of the model. */
  runMs: number;
}

/** The parts that nothing which watches cameras can do without. */
export interface Limits {
  /** Each alone, with nothing between. */
  inLoops: PartTimes;
  /** Nothing in a short window. */
  atPace: PacedTimes | undefined;
}

/** When they are due in a town, on as many threads as the program has. */
export interface PacedTimes {
  /** One part after the other, each with the machine for itself. */
  alone: PartTimes;
  /** All parts together: what of a machine they have for themselves there. */
  together: PartTimes;
}

/** Less says nothing of work that comes every 50 ms, and the short variant has no time for it. */
const leastPaceSeconds = 5;
/** In a short window one clip in so many is decoded. */
const shortWindowClipStep = 3;
/** Camera threads and detector threads of the program on two cores. */
const threadsOfEach = 2;

const settleMs = 4000;
const msPerRun = 20;

export const runLimits = async (options: LimitsOptions): Promise<Limits> => {
  const { model, seconds } = options;
  const isPaced = seconds >= leastPaceSeconds;
  const clips = clipsOf(options, isPaced ? 1 : shortWindowClipStep);
  const threads = isPaced ? threadsOfEach : 1;
  const runs = Math.ceil((seconds * 1000) / msPerRun / 2);
  const cameras = options.town.cameras.length / threads;
  const decoding = Array.from({ length: threads }, () => forkChild(import.meta.url, 'decode-child'));
  const sessions = Array.from({ length: threads }, () => forkChild(import.meta.url, 'session-child'));
  try {
    await Promise.all([
      open<DecodeOptions>(decoding, { ...clips, cameras, card: model.card }),
      open<SessionOptions>(sessions, { model, runs, cameras }),
    ]);
    const receiveMs = await measureReceiving(options);
    const inLoops = {
      ...{ receiveMs, ...(await ask<DecodeTimes>(decoding.slice(0, 1), { kind: 'loop' })) },
      ...(await ask<SessionTimes>(sessions.slice(0, 1), { kind: 'loop' })),
    };
    if (!isPaced) return { inLoops, atPace: undefined };
    const demand: PartMeasure = { kind: 'pace', seconds: seconds + settleMs / 1000 };
    const decodeAtPace = (): Promise<DecodeTimes> => ask<DecodeTimes>(decoding, demand);
    const runAtPace = (): Promise<SessionTimes> => ask<SessionTimes>(sessions, demand);
    const alone = { receiveMs, ...(await decodeAtPace()), ...(await runAtPace()) };
    const [receivedMs, decoded, ran] = await Promise.all([
      measureReceiving(options),
      decodeAtPace(),
      runAtPace(),
    ]);
    return { inLoops, atPace: { alone, together: { receiveMs: receivedMs, ...decoded, ...ran } } };
  } finally {
    await Promise.all([...decoding, ...sessions].map(closeChild));
  }
};

/** One in so many of the clips in which nothing happens, and of the others. */
const clipsOf = (
  { town, reelFiles }: LimitsOptions,
  step: number,
): Pick<DecodeOptions, 'quietFiles' | 'busyFiles'> => {
  const quietIds = new Set(town.reels.filter(({ window }) => !window).map(({ id }) => id));
  const filesOf = (isQuiet: boolean): string[] =>
    reelFiles
      .filter(({ id }) => quietIds.has(id) === isQuiet)
      .filter((_, at) => at % step === 0)
      .map(({ file }) => file);
  return { quietFiles: filesOf(true), busyFiles: filesOf(false) };
};

const open = async <Options>(children: readonly ChildProcess[], options: Options): Promise<void> => {
  const demand: PartDemand<Options> = { kind: 'open', options };
  await Promise.all(children.map((child) => askChild(child, demand)));
};

/** The same of each of them at the same time; the mean of what they say. */
const ask = async <Times extends object>(
  children: readonly ChildProcess[],
  demand: PartMeasure,
): Promise<Times> => {
  const all = await Promise.all(children.map((child) => askChild<Times>(child, demand)));
  const names = Object.keys(all[0] ?? {}) as (keyof Times)[];
  return Object.fromEntries(
    names.map((name) => [name, mean(all.map((times) => Number(times[name])))]),
  ) as Times;
};

const measureReceiving = async ({ town, reelFiles, seconds, signal }: LimitsOptions): Promise<number> => {
  const simulator = await openLoadSimulator({ reels: reelFiles, cameras: town.plans });
  const child = forkChild(import.meta.url, 'receive-child');
  try {
    const cameras = town.cameras.map(({ id, view }) => ({
      url: simulator.url(id),
      codec: view.coding.codec,
    }));
    const demand: ReceiveDemand = { cameras };
    await askChild<ReceiveAnswer>(child, demand);
    await sleep(settleMs, undefined, { signal });
    const before = await askChild<ReceiveAnswer>(child, 'tell');
    const window = await watchCpu(child.pid ?? 0, seconds, signal, () => 'receive');
    const after = await askChild<ReceiveAnswer>(child, 'tell');
    return ((window.cores['receive'] ?? 0) * window.seconds * 1000) / (after.units - before.units);
  } finally {
    await closeChild(child);
    await simulator.close();
  }
};
