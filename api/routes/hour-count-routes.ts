import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { alertCountKeys } from '../history/index.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { HourCounts } from '../schema/statistics-views.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';
import { maxRows, readGround, readSpan, spanQuery } from './statistics-span.ts';

/** At which hours of the day it happens. */
export const addHourCountRoutes = (app: ApiServer, { history, clock, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/hours',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'countAlertsByHour',
        summary: 'How many alerts were raised in each hour of the day, for heat tables',
        description: 'All days of the span added up, in the time zone of the site.',
        tags: ['statistics'],
        querystring: closed({
          ...spanQuery,
          by: Type.Optional(Type.Enum(alertCountKeys, { description: 'told apart by; `all` unless told' })),
        }),
        response: { ...answer(HourCounts, 'Counts by key and hour.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const timezone = knownTimezone(resources.site().timezone);
      const asked = { ...readSpan(query, clock.now()), by: query.by ?? 'all', timezone };
      const placePrefix = readGround(request, query);
      if (placePrefix === undefined) return { ...asked, items: [], isTruncated: false };
      const rows = await history.statistics.hourCounts({
        ...{ ...asked, placePrefix, kinds: query.kind ?? [], severities: query.severity ?? [] },
        limit: maxRows + 1,
      });
      return { ...asked, items: rows.slice(0, maxRows), isTruncated: rows.length > maxRows };
    },
  );
};
