import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild } from '../../../core/runtime/child.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import { type CpuWindow, watchCpu } from '../../measure/cpu-window.ts';
import type { ReelFile } from '../../simulator/messages.ts';
import { openLoadSimulator } from '../../simulator/open-simulator.ts';
import type { Town } from '../../town.ts';
import { cameraConfig, mainConfig } from './motion-config.ts';

export interface MotionOptions {
  town: Town;
  reelFiles: readonly ReelFile[];
  seconds: number;
  /** Between its start and the window. */
  settleSeconds: number;
  signal: AbortSignal;
}

export interface MotionRun {
  cameras: number;
  window: CpuWindow;
  /** Connections that stood at the end: fewer than cameras when it could not read some. */
  connected: number;
}

const motionPath = '/usr/bin/motion';
const graceMs = 5000;

/** Whether Debian's `motion` is there. */
export const hasMotion = (): Promise<boolean> =>
  access(motionPath).then(
    () => true,
    () => false,
  );

/** Debian's `motion` in its usual settings on the same streams. It saves nothing and streams nothing. */
export const runMotion = async ({
  town,
  reelFiles,
  seconds,
  settleSeconds,
  signal,
}: MotionOptions): Promise<MotionRun> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-motion-'));
  const simulator = await openLoadSimulator({ reels: reelFiles, cameras: town.plans });
  const files = town.cameras.map(({ id }) => path.join(folder, `${id}.conf`));
  for (const [index, { id, view }] of town.cameras.entries()) {
    await writeFile(files[index] ?? '', cameraConfig(index + 1, simulator.url(id), view.picture));
  }
  const main = path.join(folder, 'motion.conf');
  await writeFile(main, mainConfig(folder, files));
  const child = spawn(motionPath, ['-n', '-c', main], { stdio: 'ignore', cwd: folder });
  try {
    await sleep(settleSeconds * 1000, undefined, { signal });
    const window = await watchCpu(child.pid ?? 0, seconds, signal, () => 'motion');
    const { viewers } = await simulator.report();
    return { cameras: town.cameras.length, window, connected: viewers };
  } finally {
    await endChild(child, systemClock, graceMs);
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
};
