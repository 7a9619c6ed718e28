import type { LoopLoad } from '../../../core/runtime/loop-load.ts';
import type { DetectorLoad } from '../../../core/stages.ts';

/** What is measured of a worker, once a second. */
export interface LoadReading {
  detector: DetectorLoad;
  cameraThreads: readonly LoopLoad[];
  main: LoopLoad;
  /** Frames that came too late to be looked at, and that overload kept back, over all cameras, since the start. */
  behind: number;
  shed: number;
}

/** Each but the last as a share of its limit: at 1 the worker has more work than it can do in time. */
export interface Pressure {
  /** Share of the time in which detector threads are at work. */
  detectorBusy: number;
  /** How long frames wait for one after they are due. */
  detectorWait: number;
  /** Share of the frames that come too late. */
  behind: number;
  /** Share of the time in which the busiest camera thread is at work. */
  cameraThread: number;
  /** How late the main thread comes round. */
  mainThread: number;
  /** What `detectorBusy` would gain if nothing were kept back. No strain by itself. */
  withheld: number;
}

/** The limits. Beyond them frames wait for frames, and alerts come late. */
const busyShare = 0.95;
const lateMs = 100;
const behindShare = 0.2;
/** Of fewer frames than this in a second one or two say nothing. */
const fewestFrames = 10;
const cameraThreadShare = 0.98;
const mainDelayMs = 100;

/** Turns what is counted since the start into the pressure of the last second. */
export class PressureGauge {
  #before: { at: number; detector: DetectorLoad; behind: number; shed: number } | undefined;

  /** `now` in monotonic milliseconds. */
  read({ detector, cameraThreads, main, behind, shed }: LoadReading, now: number): Pressure {
    const before = this.#before ?? { at: now, detector, behind, shed };
    this.#before = { at: now, detector, behind, shed };
    const elapsedMs = Math.max(1, now - before.at);
    const handed = Math.max(0, detector.handed - before.detector.handed);
    const late = Math.max(0, behind - before.behind);
    const meanLateMs = handed > 0 ? (detector.lateMs - before.detector.lateMs) / handed : 0;
    const keptBack = Math.max(0, shed - before.shed);
    const busyMs = detector.busyMs - before.detector.busyMs;
    const detectorBusy = busyMs / (detector.threads * elapsedMs) / busyShare;
    return {
      detectorBusy,
      detectorWait: Math.max(meanLateMs, detector.latestMs) / lateMs,
      behind: late / Math.max(fewestFrames, late + handed) / behindShare,
      cameraThread: Math.max(0, ...cameraThreads.map((thread) => thread.busyShare)) / cameraThreadShare,
      mainThread: main.delayP99Ms / mainDelayMs,
      withheld: (detectorBusy * keptBack) / Math.max(1, handed),
    };
  }
}

/** What the pressure comes to, each as the worst share of a limit. */
export interface Strain {
  /** At 1 alerts come late. */
  lateness: number;
  /** At 1 a kind of thread has not a moment to spare. That makes nothing late by itself: cameras that wake together look back. */
  fullness: number;
  /** What fullness would gain if nothing were kept back. */
  withheld: number;
}

export const toStrain = ({
  detectorBusy,
  detectorWait,
  behind,
  cameraThread,
  mainThread,
  withheld,
}: Pressure): Strain => ({
  lateness: Math.max(detectorWait, behind, mainThread),
  fullness: Math.max(detectorBusy, cameraThread),
  withheld,
});
