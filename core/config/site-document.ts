import { type ResourceKind, resourceKinds, type Site } from '../schema/site.ts';
import { configError } from './errors.ts';
import { optionalSections } from './optional-sections.ts';
import { checkSite } from './read-site.ts';

/** The site cut into resources under their keys: `site.settings`, `cameras.gate-1`, `places.431103110201`. */
export const toResources = (site: Site): Map<string, unknown> => {
  const resources = new Map<string, unknown>([['site.settings', site.site]]);
  for (const place of site.places) resources.set(`places.${place.code}`, place);
  for (const section of optionalSections) {
    for (const item of site[section] ?? []) resources.set(`${section}.${item.id}`, item);
  }
  for (const camera of site.cameras) resources.set(`cameras.${camera.id}`, camera);
  for (const scenario of site.scenarios) resources.set(`scenarios.${scenario.id}`, scenario);
  return resources;
};

/**
 * Puts resources together again, each list sorted by key. Throws `config-empty` when there is nothing, and
 * `config-invalid` when the bucket holds what no site may be.
 */
export const fromResources = (resources: ReadonlyMap<string, unknown>): Site => {
  if (!resources.has('site.settings')) {
    throw configError('config-empty', 'no site is configured yet: run `xueliang apply -f site.yaml`');
  }
  const { site, problems } = checkSite(assemble(resources));
  if (site && problems.length === 0) return site;
  throw configError(
    'config-invalid',
    `the configuration bucket holds what no site may be: ${problems.map((p) => `${p.path}: ${p.message}`).join('; ')}`,
    { problems },
  );
};

const assemble = (resources: ReadonlyMap<string, unknown>): unknown => {
  const lists = new Map<ResourceKind, unknown[]>(resourceKinds.map((kind) => [kind, []]));
  for (const [key, value] of [...resources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lists.get(key.slice(0, key.indexOf('.')) as ResourceKind)?.push(value);
  }
  const optional = optionalSections.map((section) => [section, lists.get(section) ?? []] as const);
  return {
    site: resources.get('site.settings'),
    places: lists.get('places'),
    cameras: lists.get('cameras'),
    scenarios: lists.get('scenarios'),
    ...Object.fromEntries(optional.filter(([, items]) => items.length > 0)),
  };
};
