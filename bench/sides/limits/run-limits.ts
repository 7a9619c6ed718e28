import { setTimeout as sleep } from 'node:timers/promises';
import { askChild, closeChild } from '../../ask-child.ts';
import { forkChild } from '../../fork-child.ts';
import { watchCpu } from '../../measure/cpu-window.ts';
import type { ModelFile } from '../../reference/model-file.ts';
import type { ReelFile } from '../../simulator/messages.ts';
import { openLoadSimulator } from '../../simulator/open-simulator.ts';
import type { Town } from '../../town.ts';
import type { DecodeAnswer } from './decode-child.ts';
import type { ReceiveAnswer, ReceiveDemand } from './receive-child.ts';
import type { SessionAnswer } from './session-child.ts';

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

/** The parts that nothing which watches cameras can do without, each alone. */
export interface Limits {
  inLoops: PartTimes;
  /** When they are due in a town; nothing in a short window. */
  atPace: PartTimes | undefined;
}

/** Less says nothing of work that comes every 50 ms, and the short variant has no time for it. */
const leastPaceSeconds = 5;
/** In a short window one clip in so many is decoded: of each view some. */
const shortWindowClipStep = 3;

const settleMs = 4000;
const msPerRun = 20;

export const runLimits = async (options: LimitsOptions): Promise<Limits> => {
  const { reelFiles, model, seconds } = options;
  const paceSeconds = seconds < leastPaceSeconds ? 0 : seconds;
  const receiveMs = await measureReceiving(options);
  const decoding = forkChild(import.meta.url, 'decode-child');
  const session = forkChild(import.meta.url, 'session-child');
  try {
    const step = paceSeconds > 0 ? 1 : shortWindowClipStep;
    const files = reelFiles.filter((_, at) => at % step === 0).map(({ file }) => file);
    const decoded = await askChild<DecodeAnswer>(decoding, { files, card: model.card, paceSeconds });
    const runs = Math.ceil((seconds * 1000) / msPerRun / 2);
    const ran = await askChild<SessionAnswer>(session, { model, runs, paceSeconds });
    return {
      inLoops: {
        receiveMs,
        ...{ frameMs: decoded.perFrameMs, keyframeMs: decoded.perKeyframeMs, runMs: ran.perRunMs },
      },
      atPace:
        paceSeconds > 0
          ? {
              receiveMs,
              ...{
                frameMs: decoded.pacedFrameMs,
                keyframeMs: decoded.pacedKeyframeMs,
                runMs: ran.pacedRunMs,
              },
            }
          : undefined,
    };
  } finally {
    await Promise.all([closeChild(decoding), closeChild(session)]);
  }
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
