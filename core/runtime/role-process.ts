import { spawn } from 'node:child_process';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { endChild, exitOf } from './child.ts';
import type { Clock } from './clock.ts';
import { supervise } from './supervise.ts';

export interface RoleProcessOptions {
  /** What is started: the program's own entry and the role's arguments. */
  entry: string;
  args: readonly string[];
  /** Options of Node for this role, after those that this process was started with. */
  nodeArgs?: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  name: string;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  signal: AbortSignal;
  /** How long it may take to drain before it is killed. */
  graceMs: number;
}

const backoff = { baseMs: 500, maxMs: 30_000 };
const healthyAfterMs = 60_000;

/**
 * Runs one role as a child process until `signal` aborts, starting it again with growing delays when it dies.
 * The child is its own process group, so a terminal's Ctrl-C reaches this process alone, which then ends the roles
 * in order; when this process is killed, the child notices by the end of its standard input.
 */
export const runRoleProcess = (options: RoleProcessOptions): Promise<void> => {
  const { entry, args, nodeArgs = [], env, name, clock, log, metrics, signal, graceMs } = options;
  return supervise(
    async () => {
      const child = spawn(process.execPath, [...process.execArgv, ...nodeArgs, entry, ...args], {
        detached: true,
        stdio: ['pipe', 2, 2],
        env: { ...env },
      });
      log.info({ service: name, pid: child.pid, state: 'running' }, 'role started');
      const stop = (): void => void endChild(child, clock, graceMs);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      const exit = await exitOf(child);
      signal.removeEventListener('abort', stop);
      log.info({ service: name, pid: child.pid, state: 'closed', ...exit }, 'role ended');
    },
    {
      name,
      clock,
      log,
      signal,
      backoff,
      healthyAfterMs,
      onRestart: () =>
        metrics.count('xueliang_role_restarts_total', 'Times a role ended without being asked to', {
          role: name,
        }),
    },
  );
};
