import { askChild, closeChild } from '../ask-child.ts';
import { benchError } from '../errors.ts';
import { forkChild } from '../fork-child.ts';
import type { FirstPictures, SimulatorAnswer, SimulatorPlan, SimulatorReport } from './messages.ts';

/** Simulated cameras at work in a process of their own. */
export interface LoadSimulator {
  readonly pid: number;
  readonly firstAt: FirstPictures;
  url(cameraId: string): string;
  report(): Promise<SimulatorReport>;
  close(): Promise<void>;
}

/** Starts the simulator and resolves when its cameras play. Throws `bench-simulator-failed`. */
export const openLoadSimulator = async (plan: SimulatorPlan): Promise<LoadSimulator> => {
  const child = forkChild(import.meta.url, 'simulator-child');
  const close = (): Promise<void> => closeChild(child);
  const playing = await askChild<SimulatorAnswer>(child, { kind: 'play', plan });
  if (playing.kind !== 'playing') {
    await close();
    const why = playing.kind === 'failed' ? playing.message : 'no answer';
    throw benchError('bench-simulator-failed', `the load simulator cannot play: ${why}`);
  }
  return {
    pid: child.pid ?? 0,
    firstAt: playing.firstAt,
    url: (cameraId) => `rtsp://127.0.0.1:${playing.port}/town/${cameraId}`,
    report: async () => {
      const answer = await askChild<SimulatorAnswer>(child, { kind: 'report' });
      if (answer.kind === 'report') return answer.report;
      throw benchError('bench-simulator-failed', 'the load simulator gave no report');
    },
    close,
  };
};
