import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { alertCountKeys, type SeriesPoint, seriesSteps } from '../history/index.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { StatisticsSeries, seriesOf } from '../schema/report-view.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';
import { maxRows, readGround, readSpan, spanQuery } from './statistics-span.ts';

/** How alerts went over time, for charts. */
export const addSeriesRoutes = (app: ApiServer, { history, clock, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/series',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getStatisticsSeries',
        summary: 'Alerts, false alarms or responses over time',
        description: 'By the time when alerts were raised, in the time zone of the site.',
        tags: ['statistics'],
        querystring: closed({
          ...spanQuery,
          of: Type.Optional(Type.Enum(seriesOf, { description: '`alerts` unless told' })),
          by: Type.Optional(Type.Enum(seriesSteps, { description: 'days unless told' })),
          per: Type.Optional(Type.Enum(alertCountKeys, { description: 'told apart by; `all` unless told' })),
        }),
        response: { ...answer(StatisticsSeries, 'Points, earliest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const { of = 'alerts', by = 'day', per = 'all' } = query;
      const span = { ...readSpan(query, clock.now()), of, by, per };
      const placePrefix = readGround(request, query);
      if (placePrefix === undefined) return { ...span, items: [], isTruncated: false };
      const rows = await history.statistics.series({
        ...{ from: span.from, to: span.to, by, per, placePrefix },
        ...{ kinds: query.kind ?? [], severities: query.severity ?? [] },
        ...{ timezone: knownTimezone(resources.site().timezone), limit: maxRows + 1 },
      });
      const items = rows.slice(0, maxRows).map((row) => toItem(row, of));
      return { ...span, items, isTruncated: rows.length > maxRows };
    },
  );
};

const toItem = (row: SeriesPoint, of: (typeof seriesOf)[number]) => {
  const { key, at, raised, judged, falseAlarms, ...responses } = row;
  const shared = { key, at, raised };
  if (of === 'alerts') return shared;
  if (of === 'responses') return { ...shared, ...responses };
  return { ...shared, judged, falseAlarms, ...(judged === 0 ? {} : { share: falseAlarms / judged }) };
};
