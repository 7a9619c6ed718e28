import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { StatisticsReport } from '../schema/report-view.ts';
import { reportSpanPattern, toReportSpans } from '../statistics/report-span.ts';
import { toResponseRules } from '../statistics/site-rules.ts';
import { toChanges, toPart } from '../statistics/to-report.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';
import { usualRules } from './statistics-routes.ts';
import { readGround } from './statistics-span.ts';

/** What a township is told of a month, a quarter or a year. */
export const addReportRoutes = (app: ApiServer, { history, clock, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/report',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getStatisticsReport',
        summary: 'A township’s month, quarter or year, held against the one before',
        description:
          'By the calendar of the site’s time zone, and by `site.deadlines`, or 1, 3 and 5 minutes without.',
        tags: ['statistics'],
        querystring: closed({
          place: Type.String({
            pattern: '^\\d{9}$',
            description: 'code of a township',
            examples: ['431103110'],
          }),
          span: Type.String({
            pattern: reportSpanPattern,
            description: '2026-11, 2026-Q4 or 2026',
            examples: ['2026-Q4'],
          }),
        }),
        response: { ...answer(StatisticsReport, 'The report.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { place, span } = request.query;
      const placePrefix = readGround(request, request.query);
      if (placePrefix === undefined)
        throw apiError('ground-forbidden', `the township ${place} lies outside your ground`);
      const site = resources.site();
      const timezone = knownTimezone(site.timezone);
      const spans = toReportSpans(span, timezone);
      const cameras = resources
        .cameras()
        .filter(
          (camera) => isWithin(camera.place, placePrefix) && camera.register.category !== 'householdExterior',
        );
      const now = Math.floor(clock.now());
      const sources = {
        ...{ statistics: history.statistics, cameras, placePrefix, timezone, now },
        rules: toResponseRules(site) ?? usualRules,
      };
      const part = await toPart(sources, spans.now);
      const before = await toPart(sources, spans.before);
      return {
        place,
        span,
        isOver: now >= spans.now.to,
        now: part,
        before,
        changes: toChanges(part, before),
      };
    },
  );
};
