import type { SiteStore } from '../bus/site-store.ts';
import { supervise } from '../runtime/supervise.ts';
import type { StageDeps } from '../stages.ts';

export interface FollowResourcesOptions extends StageDeps {
  signal: AbortSignal;
  /** Called with all that is stored, whenever it has changed. */
  onChange(values: ReadonlyMap<string, unknown>): void;
}

export interface FollowedResources {
  /** Everything that was there at first has been handed over, or following it failed at once. */
  ready: Promise<void>;
  /** Since when changes are not heard of, in ms since the epoch; undefined while they are. */
  staleSince(): number | undefined;
}

const backoff = { baseMs: 500, maxMs: 30_000 };
const healthyAfterMs = 60_000;
const help = '1 while changes of the configuration are not heard of';

/** Follows the configuration bucket until `signal` aborts; opens it again, after a delay, when following it ends. */
export const followResources = (
  store: Pick<SiteStore, 'watch'>,
  { clock, log, metrics, signal, onChange }: FollowResourcesOptions,
): FollowedResources => {
  let values = new Map<string, unknown>();
  let since: number | undefined;
  let setReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    setReady = resolve;
  });
  const setStale = (at: number | undefined): void => {
    since = at;
    metrics.gauge('xueliang_config_stale', help, at === undefined ? 0 : 1);
  };
  const attempt = (ended: AbortSignal): Promise<void> => {
    // What was removed meanwhile is not told: all that is there is gathered anew, and only then holds.
    const fresh = new Map<string, unknown>();
    let isCurrent = false;
    return store.watch(
      ended,
      (key, value) => {
        if (value === undefined) fresh.delete(key);
        else fresh.set(key, value);
        if (isCurrent) onChange(values);
      },
      () => {
        isCurrent = true;
        values = fresh;
        setStale(undefined);
        onChange(values);
        setReady();
      },
    );
  };
  void supervise(attempt, {
    ...{ name: 'config', clock, log, signal, backoff, healthyAfterMs },
    onRestart: (_failures, reason) => {
      setStale(since ?? Math.round(clock.now()));
      log.error({ service: 'config', err: reason }, 'changes of the configuration are not heard of');
      setReady();
    },
  });
  return { ready, staleSince: () => since };
};
