import type { SiteStore } from '../bus/site-store.ts';
import type { Resources } from '../resources.ts';
import type { Site } from '../schema/site.ts';
import type { StageDeps } from '../stages.ts';
import { followResources } from './follow-resources.ts';
import { fromResources } from './site-document.ts';

/** The site's configuration, kept up to date. */
export interface WatchedResources extends Resources {
  /** Called after every change that leaves a sound site, at most once per `settleMs`. */
  onChange(listener: () => void): void;
  /** Since when changes are not heard of, in ms since the epoch; undefined while they are. */
  staleSince(): number | undefined;
  close(): Promise<void>;
}

/** Several keys change together when a file is applied; readers reload once. */
const settleMs = 150;

/**
 * Loads the site from the configuration bucket and follows it. A change that makes the whole unsound is logged and
 * the last sound site stays in force. Rejects with `config-empty` or `config-invalid` when there is none at first.
 */
export const watchResources = async (
  store: SiteStore,
  { clock, log, metrics }: StageDeps,
): Promise<WatchedResources> => {
  const stopping = new AbortController();
  let values: ReadonlyMap<string, unknown> = new Map<string, unknown>();
  const listeners: (() => void)[] = [];
  let isDirty = false;
  let current: Site | undefined;

  const settle = async (): Promise<void> => {
    if (isDirty || !current) return;
    isDirty = true;
    await clock.sleep(settleMs, stopping.signal);
    isDirty = false;
    if (stopping.signal.aborted) return;
    try {
      current = fromResources(values);
      for (const listener of listeners) listener();
    } catch (error) {
      log.error({ service: 'config', err: error }, 'configuration is unsound; keeping the last sound one');
    }
  };

  const following = followResources(store, {
    ...{ clock, log, metrics, signal: stopping.signal },
    onChange: (fresh) => {
      values = fresh;
      void settle();
    },
  });
  await following.ready;
  try {
    current = fromResources(values);
  } catch (error) {
    stopping.abort();
    throw error;
  }

  const site = (): Site => current as Site;
  return {
    site: () => site().site,
    places: () => site().places,
    cameras: () => site().cameras,
    scenarios: () => site().scenarios,
    calendars: () => site().calendars ?? [],
    loudspeakers: () => site().loudspeakers ?? [],
    webhooks: () => site().webhooks ?? [],
    upstreams: () => site().upstreams ?? [],
    responders: () => site().responders ?? [],
    monitoringPoints: () => site().monitoringPoints ?? [],
    subscribers: () => site().subscribers ?? [],
    users: () => site().users ?? [],
    keys: () => site().keys ?? [],
    onChange: (listener) => {
      listeners.push(listener);
    },
    staleSince: following.staleSince,
    close: async () => {
      stopping.abort();
    },
  };
};
