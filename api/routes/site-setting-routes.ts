import { closed } from '../../core/schema/closed.ts';
import { SiteSettings } from '../../core/schema/site.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { named } from '../schema/named.ts';
import { changeSetting } from '../settings/change-setting.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';
import { changeQuery, SettingOutcome } from './setting-routes.ts';

const url = '/api/v1/settings/site';
const key = 'site.settings';

export const SiteSettingsView = named('SiteSettings', SiteSettings);

/** What belongs to the whole site: its model, deadlines, quotas, networks. For those whose ground is all of it. */
export const addSiteSettingRoutes = (app: ApiServer, deps: RouteDeps): void => {
  const { store, resources } = deps;
  const find = async (ground: string) => {
    const stored = isWithin(resources.site().place, ground) ? await store.get(key) : undefined;
    if (stored) return stored;
    throw apiError(
      'setting-unknown',
      'the settings of the site are for those whose ground is the whole site',
    );
  };

  app.get(
    url,
    {
      config: { right: 'system.write' },
      schema: {
        ...{ operationId: 'getSiteSettings', summary: 'What belongs to the whole site', tags: ['settings'] },
        querystring: closed({}),
        response: { ...answer(SiteSettingsView, 'It; `ETag` is its revision.'), ...errorAnswers(404) },
      },
    },
    async (request, reply) => {
      const stored = await find(principalOf(request).ground);
      return reply.header('ETag', `"${stored.revision}"`).send(stored.value as SiteSettings);
    },
  );

  app.put(
    url,
    {
      config: { right: 'system.write' },
      schema: {
        ...{
          operationId: 'putSiteSettings',
          summary: 'Changes what belongs to the whole site',
          tags: ['settings'],
        },
        description: 'Takes `If-Match` with the revision that is to be changed.',
        querystring: changeQuery,
        body: SiteSettings,
        response: { ...answer(SettingOutcome, 'Done.'), ...errorAnswers(404, 412, 428) },
      },
    },
    async (request, reply) => {
      const { ground } = principalOf(request);
      const stored = await find(ground);
      const { body: value } = request;
      if (!isWithin(value.place, ground))
        throw apiError('ground-forbidden', 'what the site would become lies outside your ground');
      const isDryRun = request.query.dryRun ?? false;
      const { place } = resources.site();
      return changeSetting(deps, request, reply, {
        section: 'site',
        id: 'settings',
        stored,
        value,
        place,
        isDryRun,
      });
    },
  );
};
