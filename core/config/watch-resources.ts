import type { SiteStore } from '../bus/site-store.ts';
import type { Logger } from '../log.ts';
import type { Resources } from '../resources.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Site } from '../schema/site.ts';
import { fromResources } from './site-document.ts';

/** The site's configuration, kept up to date. */
export interface WatchedResources extends Resources {
  /** Called after every change that leaves a sound site, at most once per `settleMs`. */
  onChange(listener: () => void): void;
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
  { clock, log }: { clock: Clock; log: Logger },
): Promise<WatchedResources> => {
  const stopping = new AbortController();
  const values = new Map<string, unknown>();
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

  const ready = new Promise<void>((resolve) => {
    void store
      .watch(
        stopping.signal,
        (key, value) => {
          if (value === undefined) values.delete(key);
          else values.set(key, value);
          void settle();
        },
        resolve,
      )
      .catch((error: unknown) => {
        log.error({ service: 'config', err: error }, 'following the configuration failed');
        resolve();
      });
  });
  await ready;
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
    close: async () => {
      stopping.abort();
    },
  };
};
