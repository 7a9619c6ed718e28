import type { SiteStore, StoredResource } from '../bus/site-store.ts';
import { isAppError } from '../errors.ts';
import { resourceKinds, type Site } from '../schema/site.ts';
import { diffResources, type ResourceChange } from './diff-site.ts';
import { configError } from './errors.ts';
import { toResources } from './site-document.ts';

/** What a site file would change in the configuration bucket, without changing it. */
export const planSite = async (store: SiteStore, site: Site): Promise<ResourceChange[]> => {
  return diffResources(comparable(await store.load(), site), toResources(site));
};

/**
 * Makes the configuration bucket hold exactly this site. Additions come first, then changes, then removals, so that
 * a reader never sees a scenario without its camera. Throws `config-stale` when somebody else writes meanwhile:
 * what was written stays, and applying again finishes it.
 */
export const applySite = async (store: SiteStore, site: Site): Promise<ResourceChange[]> => {
  const current = await store.load();
  const wanted = toResources(site);
  const changes = diffResources(comparable(current, site), wanted);
  const rank = (change: ResourceChange): number =>
    resourceKinds.findIndex((kind) => change.key.startsWith(`${kind}.`));
  const writes = changes.filter(({ change }) => change !== 'remove').sort((a, b) => rank(a) - rank(b));
  const removals = changes.filter(({ change }) => change === 'remove').sort((a, b) => rank(b) - rank(a));
  for (const { key, change } of [...writes, ...removals]) {
    const revision = current.get(key)?.revision ?? 0;
    const work =
      change === 'remove' ? store.remove(key, revision) : store.put(key, wanted.get(key), revision);
    await work.catch((error: unknown) => {
      if (isAppError(error) && error.code === 'bus-conflict') {
        throw configError(
          'config-stale',
          `'${key}' was changed by somebody else meanwhile; look with diff, then apply again`,
          {
            cause: error,
          },
        );
      }
      throw error;
    });
  }
  return changes;
};

/** Sections that are filled without the file, too: at first boot, over the API, and by `xueliang subscriber add`. */
const filledElsewhere = ['users', 'keys', 'subscribers'] as const;

/** What the file speaks of: one without a section of users leaves the users alone, and so on. */
const comparable = (current: ReadonlyMap<string, StoredResource>, site: Site): Map<string, unknown> =>
  new Map(
    [...current.values()]
      .filter(({ key }) =>
        filledElsewhere.every((section) => site[section] !== undefined || !key.startsWith(`${section}.`)),
      )
      .map(({ key, value }) => [key, value]),
  );
