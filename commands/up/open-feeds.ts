import { answerRewinds } from '../../core/bus/feed-rewinds.ts';
import { openSiteStore } from '../../core/bus/site-store.ts';
import { ensureFeeds } from '../../core/bus/subscriber-feeds.ts';
import { watchResources } from '../../core/config/watch-resources.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { SiteBus } from './open-site-bus.ts';

export interface FeedsOptions extends StageDeps {
  siteBus: Pick<SiteBus, 'bus' | 'setSubscribers'>;
}

const lookEveryMs = 1000;
const backoff = { baseMs: 500, maxMs: 15_000 };
const healthyAfterMs = 60_000;

/**
 * Keeps who may sign in to the bus, and where each of them is in the alerts, as the site's subscribers say. Throws
 * `bus-unavailable` when that cannot be done at first.
 */
export const openFeeds = async ({
  siteBus,
  clock,
  log,
  metrics,
}: FeedsOptions): Promise<{ close(): Promise<void> }> => {
  const { nats } = siteBus.bus;
  const resources = await watchResources(await openSiteStore(nats), { clock, log, metrics });
  const stopping = new AbortController();
  const { signal } = stopping;
  let done = '';

  const follow = async (): Promise<void> => {
    const subscribers = [...resources.subscribers()];
    const wanted = JSON.stringify(subscribers);
    if (wanted === done) return;
    await ensureFeeds(nats, subscribers, clock.now()); // first: whoever may sign in finds its feed
    await siteBus.setSubscribers?.(subscribers);
    done = wanted;
    log.info({ service: 'feeds', subscribers: subscribers.length }, 'subscribers of the bus');
  };
  await follow();
  const stopRewinds = answerRewinds({ nats, clock, log, feeds: () => resources.subscribers() });
  const keeping = supervise(
    async () => {
      while (!signal.aborted) {
        await clock.sleep(lookEveryMs, signal);
        await follow();
      }
    },
    { name: 'feeds', clock, log, signal, backoff, healthyAfterMs },
  );
  return {
    close: async () => {
      stopping.abort();
      stopRewinds();
      await Promise.all([resources.close(), keeping]);
    },
  };
};
