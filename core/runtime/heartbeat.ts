import type { Metrics } from '../metrics.ts';
import type { RoleName, RoleStatus } from '../schema/health.ts';
import { type Clock, runEvery } from './clock.ts';
import { openLoopMonitor } from './loop-load.ts';

export interface HeartbeatOptions {
  role: RoleName;
  id: string;
  clock: Clock;
  metrics: Metrics;
  signal: AbortSignal;
  publish: (status: RoleStatus) => void;
  /** What this role adds of its own. */
  facts: () => Partial<Pick<RoleStatus, 'address' | 'modelId' | 'outboxPending' | 'configurationStaleSince'>>;
}

const everyMs = 2000;

/** Tells every two seconds that a role is alive and how it is, until `signal` aborts. */
export const keepHeartbeat = async (options: HeartbeatOptions): Promise<void> => {
  const { role, id, clock, metrics, signal, publish, facts } = options;
  const loop = openLoopMonitor();
  const startedAt = clock.now();
  const beat = (): void => {
    const { delayP99Ms: eventLoopDelayP99Ms } = loop.take();
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
      eventLoopDelayP99Ms,
      ...facts(),
    });
  };
  beat();
  await runEvery(clock, everyMs, signal, beat);
  loop.close();
};
