export interface Shutdown {
  readonly signal: AbortSignal;
  /** Stops listening for signals. */
  release(): void;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first SIGINT, SIGTERM or SIGHUP (the terminal was closed) aborts the signal: stop taking work, drain, close. The second ends the process at
 * once with 1. A child that `endsWithParent` is also told to stop when its standard input ends: its parent is gone.
 */
export const listenForShutdown = ({ endsWithParent = false } = {}): Shutdown => {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  const onParentGone = (): void => controller.abort();
  for (const name of stopSignals) process.on(name, onSignal);
  if (endsWithParent) {
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
