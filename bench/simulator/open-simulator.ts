import { once } from 'node:events';
import { endChild } from '../../core/runtime/child.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { benchError } from '../errors.ts';
import { forkChild } from '../fork-child.ts';
import type {
  FirstPictures,
  SimulatorAnswer,
  SimulatorDemand,
  SimulatorPlan,
  SimulatorReport,
} from './messages.ts';

/** Simulated cameras at work in a process of their own. */
export interface LoadSimulator {
  readonly pid: number;
  readonly firstAt: FirstPictures;
  url(cameraId: string): string;
  report(): Promise<SimulatorReport>;
  close(): Promise<void>;
}

const graceMs = 2000;

/** Starts the simulator and resolves when its cameras play. Throws `bench-simulator-failed`. */
export const openLoadSimulator = async (plan: SimulatorPlan): Promise<LoadSimulator> => {
  const child = forkChild(import.meta.url, 'simulator-child');
  const ask = async (demand: SimulatorDemand): Promise<SimulatorAnswer> => {
    const ended = new AbortController();
    child.once('exit', () => ended.abort());
    const answer = once(child, 'message', { signal: ended.signal }).catch((cause: unknown) => {
      throw benchError('bench-simulator-failed', 'the load simulator ended by itself', { cause });
    });
    child.send(demand);
    return (await answer)[0] as SimulatorAnswer;
  };
  const close = (): Promise<void> => endChild(child, systemClock, graceMs);
  const playing = await ask({ kind: 'play', plan });
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
      const answer = await ask({ kind: 'report' });
      if (answer.kind === 'report') return answer.report;
      throw benchError('bench-simulator-failed', 'the load simulator gave no report');
    },
    close,
  };
};
