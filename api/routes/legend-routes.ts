import { isInScope } from '../../core/config/scope.ts';
import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { StatisticsLegend } from '../schema/legend-view.ts';
import { toResponseRules } from '../statistics/site-rules.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';
import { usualRules } from './statistics-routes.ts';

/** What one has to know to read statistics: names, deadlines, the time zone. */
export const addLegendRoutes = (app: ApiServer, { resources }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/legend',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getStatisticsLegend',
        summary: 'What statistics are reckoned by, and what the ids in them stand for',
        description: 'Of cameras in the asker’s ground, and scenarios that watch one of them.',
        tags: ['statistics'],
        querystring: closed({}),
        response: { ...answer(StatisticsLegend, 'The legend.'), ...errorAnswers() },
      },
    },
    (request) => {
      const { ground } = principalOf(request);
      const site = resources.site();
      const isOfGround = ({ place }: { place?: string }): boolean =>
        place === undefined || isWithin(place, ground) || isWithin(ground, place);
      const cameras = resources.cameras().filter((camera) => isWithin(camera.place, ground));
      const scenarios = resources
        .scenarios()
        .filter(
          (one) =>
            (one.kind === 'composite' && isWithin(site.place, ground)) ||
            cameras.some((camera) => isInScope(one, camera)),
        );
      const unusual = scenarios.filter(({ kind }) => kind === 'unusualActivity');
      return {
        timezone: knownTimezone(site.timezone),
        deadlines: (toResponseRules(site) ?? usualRules)
          .filter(isOfGround)
          .map(({ place, severities, deadlinesMs }) => ({
            ...{ place, severities: [...severities], acknowledgedMs: deadlinesMs.acknowledged },
            ...{ onSceneMs: deadlinesMs.onScene, resolvedMs: deadlinesMs.resolved },
          })),
        scenarios: scenarios.map(({ id, name, kind }) => ({ id, name, kind })),
        cameras: cameras.map((camera) => ({
          ...{ id: camera.id, name: camera.name, place: camera.place },
          lines: (camera.lines ?? []).map((line) => ({ id: line.id, name: line.name ?? line.id })),
          isWatchedForActivity: unusual.some((one) => isInScope(one, camera)),
        })),
      };
    },
  );
};
