import { backOffMs } from './back-off.ts';

/**
 * Does `work` now and again `everyMs` after it has ended; rests while the page is hidden and begins at once when it is
 * shown again; waits longer after failures, which `work` shows by throwing. Until what it gives is called.
 */
export const poll = (everyMs: number, work: (signal: AbortSignal) => Promise<void>): (() => void) => {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWorking = false;
  let failures = 0;
  const turn = async (): Promise<void> => {
    clearTimeout(timer);
    if (isWorking || document.hidden || stopping.signal.aborted) return;
    isWorking = true;
    failures = await work(stopping.signal).then(
      () => 0,
      () => failures + 1,
    );
    isWorking = false;
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => void turn(), failures > 0 ? Math.max(everyMs, backOffMs(failures)) : everyMs);
  };
  const onShown = (): void => void turn();
  document.addEventListener('visibilitychange', onShown);
  void turn();
  return () => {
    stopping.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onShown);
  };
};
