import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { lineCountSteps } from '../../core/schema/line-count.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { LineCountSeries } from '../schema/line-counts.ts';
import { anyOf, instant, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const day = 86_400_000;
const maxRows = 10_000;

const LineCountsQuery = closed({
  place,
  from: instant('minutes that began at or after; a day before `to` unless told'),
  to: instant('minutes that began before; now unless told'),
  camera: anyOf(ResourceId, 'ids of cameras'),
  line: anyOf(ResourceId, 'ids of lines'),
  step: Type.Optional(
    Type.Enum(lineCountSteps, { description: 'length of time one count covers; hours unless told' }),
  ),
});

/** How many crossed lines, never who. */
export const addLineCountRoutes = (app: ApiServer, { history, resources, clock }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/line-counts',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'countLineCrossings',
        summary: 'How many crossed the lines of cameras, by label, direction and time',
        tags: ['statistics'],
        querystring: LineCountsQuery,
        response: { ...answer(LineCountSeries, 'Counts, earliest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const to = query.to ?? clock.now();
      const from = query.from ?? Math.max(0, to - day);
      const step = query.step ?? 'hour';
      if (from >= to)
        throw apiError('request-invalid', `query: from is ${from}; it must lie before to, ${to}`);
      const placePrefix = narrowGround(principalOf(request).ground, query.place);
      if (placePrefix === undefined) return { from, to, step, items: [], isTruncated: false };
      const items = await history.lineCounts({
        ...{ placePrefix, from, to, step },
        cameraIds: query.camera ?? [],
        lineIds: query.line ?? [],
        timezone: knownTimezone(resources.site().timezone),
        limit: maxRows + 1,
      });
      return { from, to, step, items: items.slice(0, maxRows), isTruncated: items.length > maxRows };
    },
  );
};
