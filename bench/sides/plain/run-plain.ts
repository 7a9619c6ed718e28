import { setTimeout as sleep } from 'node:timers/promises';
import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { contentSizeOf } from '../../../ingest/decode/picture-scaler.ts';
import { askChild, closeChild } from '../../ask-child.ts';
import { forkChild } from '../../fork-child.ts';
import { type CpuWindow, watchCpu } from '../../measure/cpu-window.ts';
import type { ModelFile } from '../../reference/model-file.ts';
import type { ReelFile } from '../../simulator/messages.ts';
import { openLoadSimulator } from '../../simulator/open-simulator.ts';
import type { Town } from '../../town.ts';
import type { PlainAnswer, PlainDemand } from './plain-child.ts';

export interface PlainOptions {
  town: Town;
  reelFiles: readonly ReelFile[];
  model: ModelFile;
  seconds: number;
  signal: AbortSignal;
}

/** One ffmpeg a camera, and the detector on every one of its frames. */
export interface PlainRun {
  cameras: number;
  window: CpuWindow;
  /** Frames a second that each camera's detector looked at. */
  fps: number;
}

const wantedFps = 5;
const settleMs = 6000;

export const runPlain = async ({
  town,
  reelFiles,
  model,
  seconds,
  signal,
}: PlainOptions): Promise<PlainRun> => {
  const simulator = await openLoadSimulator({ reels: reelFiles, cameras: town.plans });
  const child = forkChild(import.meta.url, 'plain-child');
  try {
    const [first] = town.cameras;
    const picture = first?.view.picture ?? { width: 0, height: 0 };
    const size = contentSizeOf(picture, frameSpecOf(model.card));
    const urls = town.cameras.map(({ id }) => simulator.url(id));
    const demand: PlainDemand = { urls, model, fps: wantedFps, ...size };
    await askChild<PlainAnswer>(child, demand);
    await sleep(settleMs, undefined, { signal });
    const before = await askChild<PlainAnswer>(child, 'tell');
    const window = await watchCpu(child.pid ?? 0, seconds, signal, ({ command }) =>
      command.includes('ffmpeg') ? 'ffmpeg' : 'detector',
    );
    const after = await askChild<PlainAnswer>(child, 'tell');
    const cameras = town.cameras.length;
    return { cameras, window, fps: (after.frames - before.frames) / window.seconds / cameras };
  } finally {
    await closeChild(child);
    await simulator.close();
  }
};
