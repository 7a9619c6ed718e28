import { type ConnectedBus, connectBus } from '../core/bus/connect-bus.ts';
import { openSiteStore } from '../core/bus/site-store.ts';
import { type WatchedResources, watchResources } from '../core/config/watch-resources.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { keepHeartbeat } from '../core/runtime/heartbeat.ts';
import { listenForShutdown } from '../core/runtime/shutdown.ts';
import type { RoleName, RoleStatus } from '../core/schema/health.ts';
import type { StageDeps } from '../core/stages.ts';
import { findBusAddress } from './bus-address.ts';
import type { Invocation } from './command.ts';

/** What every role has: the bus, the site's configuration as it changes, and a signal that says when to stop. */
export interface RoleContext extends StageDeps {
  id: string;
  bus: ConnectedBus;
  resources: WatchedResources;
  signal: AbortSignal;
}

/** A role at work. */
export interface RunningRole {
  /** What the heartbeat adds of this role's own. */
  facts(): Partial<Pick<RoleStatus, 'address' | 'modelId' | 'outboxPending'>>;
  /** Rejects when the role cannot go on; the supervisor then starts it again. */
  failed?: Promise<never>;
  /** Drains and releases everything. */
  close(): Promise<void>;
}

/** Runs one role from connecting to the bus to the last thing closed. Resolves to the exit code. */
export const runRole = async (
  role: RoleName,
  id: string,
  invocation: Invocation,
  open: (context: RoleContext) => Promise<RunningRole>,
): Promise<number> => {
  const clock = systemClock;
  const metrics = createMetrics({ role, instance: id });
  const log = invocation.log.child({ role, roleId: id });
  const shutdown = listenForShutdown({ endsWithParent: true });
  const address = await findBusAddress(invocation.environment);
  const bus = await connectBus({ ...address, name: `xueliang-${role}-${id}`, clock, log, metrics });
  try {
    const resources = await watchResources(await openSiteStore(bus.nats), { clock, log, metrics });
    bus.answerMetrics(() => metrics.text());
    const running = await open({ id, bus, resources, clock, log, metrics, signal: shutdown.signal });
    log.info({ service: role, state: 'running' }, 'role is running');
    const stopping = new AbortController();
    const beating = keepHeartbeat({
      role,
      id,
      clock,
      metrics,
      signal: stopping.signal,
      publish: (status) => bus.publishRoleStatus(status),
      facts: () => {
        const staleSince = resources.staleSince();
        return {
          ...running.facts(),
          ...(staleSince === undefined ? {} : { configurationStaleSince: staleSince }),
        };
      },
    });
    try {
      const settings = JSON.stringify(resources.site());
      const settingsChanged = new Promise<void>((resolve) => {
        resources.onChange(() => {
          if (JSON.stringify(resources.site()) !== settings) resolve();
        });
      });
      // Quotas, networks, threads and the model are taken at the start: the supervisor starts the role again with them.
      await Promise.race([
        aborted(shutdown.signal),
        settingsChanged,
        ...(running.failed ? [running.failed] : []),
      ]);
    } finally {
      log.info({ service: role, state: 'draining' }, 'role is closing');
      await running.close();
      await resources.close();
      stopping.abort();
      await beating;
    }
    log.info({ service: role, state: 'closed' }, 'role has closed');
  } finally {
    await bus.close();
    shutdown.release();
  }
  return 0;
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
