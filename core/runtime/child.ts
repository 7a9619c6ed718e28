import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Clock } from './clock.ts';

/** How a child process ended. */
export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Resolves when the child is gone, also when it never started. */
export const exitOf = (child: ChildProcess): Promise<ChildExit> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve({ code: child.exitCode, signal: child.signalCode });
      return;
    }
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });

/** Ends a child: SIGTERM, then SIGKILL when it is still there after `graceMs`. Resolves when it is gone. */
export const endChild = async (child: ChildProcess, clock: Clock, graceMs: number): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const waited = new AbortController();
  const ended = await Promise.race([
    gone.then(() => true),
    clock.sleep(graceMs, waited.signal).then(() => false),
  ]);
  waited.abort();
  if (ended) return;
  child.kill('SIGKILL');
  await gone;
};
