import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How busy a thread's event loop was. */
export interface LoopLoad {
  /** How much later than asked for the loop came round, in 99 of 100 turns; milliseconds. */
  delayP99Ms: number;
  /** Share of the time in which it did not wait for anything, 0–1. */
  busyShare: number;
}

export interface LoopMonitor {
  /** Since the call before. */
  take(): LoopLoad;
  close(): void;
}

/** A timer for each tick: half as many wakings as with ten. */
const resolutionMs = 20;
const nanosecondsPerMs = 1e6;

/** Watches the event loop of the thread that it is called on. */
export const openLoopMonitor = (): LoopMonitor => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  return {
    take: () => {
      // The histogram holds the whole time between two ticks of a timer, and nothing before the first.
      const p99Ms = delay.percentile(99) / nanosecondsPerMs - resolutionMs;
      delay.reset();
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return {
        delayP99Ms: Number.isFinite(p99Ms) ? Math.max(0, p99Ms) : 0,
        busyShare: Number.isFinite(utilization) ? Math.min(1, Math.max(0, utilization)) : 0,
      };
    },
    close: () => delay.disable(),
  };
};
