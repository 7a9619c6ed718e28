import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from '../metrics.ts';
import type { RoleName, RoleStatus } from '../schema/health.ts';
import { type Clock, runEvery } from './clock.ts';

export interface HeartbeatOptions {
  role: RoleName;
  id: string;
  clock: Clock;
  metrics: Metrics;
  signal: AbortSignal;
  publish: (status: RoleStatus) => void;
  /** What this role adds of its own. */
  facts: () => Partial<Pick<RoleStatus, 'address' | 'modelId' | 'outboxPending'>>;
}

const everyMs = 2000;
const nanosecondsPerMs = 1e6;

/** Tells every two seconds that a role is alive and how it is, until `signal` aborts. */
export const keepHeartbeat = async (options: HeartbeatOptions): Promise<void> => {
  const { role, id, clock, metrics, signal, publish, facts } = options;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedAt = clock.now();
  const beat = (): void => {
    const eventLoopDelayP99Ms = Math.max(0, delay.percentile(99) / nanosecondsPerMs - 10);
    delay.reset();
    const rssBytes = process.memoryUsage.rss();
    metrics.gauge(
      'xueliang_role_event_loop_delay_p99_seconds',
      'Event-loop delay',
      eventLoopDelayP99Ms / 1000,
      { role },
    );
    metrics.gauge('xueliang_role_resident_memory_bytes', 'Resident memory', rssBytes, { role });
    publish({
      role,
      id,
      pid: process.pid,
      at: clock.now(),
      startedAt,
      rssBytes,
      eventLoopDelayP99Ms: Number.isFinite(eventLoopDelayP99Ms) ? eventLoopDelayP99Ms : 0,
      ...facts(),
    });
  };
  beat();
  await runEvery(clock, everyMs, signal, beat);
  delay.disable();
};
