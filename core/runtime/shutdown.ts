import { fstatSync } from 'node:fs';

export interface Shutdown {
  readonly signal: AbortSignal;
  /** Stops listening for signals. */
  release(): void;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first SIGINT, SIGTERM or SIGHUP (the terminal was closed) aborts the signal: stop taking work, drain, close. The second ends the process at
 * once with 1. A child that `endsWithParent` is also told to stop when the pipe that is its standard input ends: its parent is gone. Started with a
 * terminal, a file or /dev/null it has no such parent.
 */
export const listenForShutdown = ({ endsWithParent = false } = {}): Shutdown => {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  const onParentGone = (): void => controller.abort();
  for (const name of stopSignals) process.on(name, onSignal);
  if (endsWithParent && isPipe()) {
    process.stdin.once('end', onParentGone);
    process.stdin.once('error', onParentGone);
    process.stdin.resume();
    process.stdin.unref();
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const name of stopSignals) process.off(name, onSignal);
    },
  };
};

const standardInput = 0;

const isPipe = (): boolean => {
  try {
    const found = fstatSync(standardInput);
    return found.isFIFO() || found.isSocket();
  } catch {
    return false; // it was closed before we began
  }
};
