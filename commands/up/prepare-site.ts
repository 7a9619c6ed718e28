import { ensureFirstUser } from '../../api/index.ts';
import { type ConnectedBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { openSiteStore, type SiteStore } from '../../core/bus/site-store.ts';
import { defaultStreamLimits } from '../../core/bus/streams.ts';
import { applySite, planSite } from '../../core/config/apply-site.ts';
import { parseDuration, parseSize } from '../../core/config/quantity.ts';
import { fromResources } from '../../core/config/site-document.ts';
import type { Site } from '../../core/schema/site.ts';
import type { Invocation } from '../command.ts';
import { refuseUnfitModel } from '../fit-model.ts';

/** What a site needs to run: how many processes of which kind. */
export interface SitePlan {
  site: Site;
  workers: number;
}

/**
 * Brings streams and configuration up to date. The bucket rules: a site file is applied only when the bucket is
 * empty, else what differs is said and nothing changed.
 */
export const prepareSite = async (
  invocation: Invocation,
  nats: ConnectedBus['nats'],
  wanted: { file: string; site: Site } | undefined,
): Promise<SitePlan> => {
  const { log, say } = invocation;
  const store = await openSiteStore(nats);
  if ((await store.load()).size === 0 && wanted) {
    await refuseUnfitModel(invocation, wanted.site);
    await applySite(store, wanted.site);
    log.info({ service: 'config', file: wanted.file }, 'site file applied');
  } else if (wanted) {
    const changes = await planSite(store, wanted.site);
    if (changes.length > 0) {
      say(
        `the running configuration differs from ${wanted.file} in ${changes.length} resources and rules; see xueliang diff -f ${wanted.file}`,
      );
    }
  }
  await ensureSignIn(invocation, store);
  const site = await loadSite(store);
  await ensureStreams(nats, streamLimits(site));
  return { site, workers: site.site.workers ?? 1 };
};

/** Beyond loopback somebody must be able to sign in, and nobody by a password that anybody else knows. */
const ensureSignIn = async ({ environment, print }: Invocation, store: SiteStore): Promise<void> => {
  const { site, users = [] } = await loadSite(store);
  const first = await ensureFirstUser({
    host: environment.apiHost,
    users,
    ground: site.place,
    storeUser: async (user) => {
      await store.put(`users.${user.id}`, user, 0);
    },
  });
  if (first) {
    const { id, secret } = first;
    print({ event: 'firstUser', id, secret }, `first user '${id}', password (shown once): ${secret}`);
  }
};

const loadSite = async (store: SiteStore): Promise<Site> =>
  fromResources(new Map([...(await store.load())].map(([key, { value }]) => [key, value])));

const streamLimits = ({ site }: Site) => ({
  quotaBytes: site.bus?.quota === undefined ? defaultStreamLimits.quotaBytes : parseSize(site.bus.quota),
  tracksMaxAgeMs:
    site.bus?.retention === undefined
      ? defaultStreamLimits.tracksMaxAgeMs
      : parseDuration(site.bus.retention),
});
