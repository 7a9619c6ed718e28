import { Type } from 'typebox';
import { createHourOfWeek } from '../../core/hour-of-week.ts';
import { closed } from '../../core/schema/closed.ts';
import { Label } from '../../core/schema/label.ts';
import { type LabelNormal, neededDays, quarterMs } from '../../core/schema/normals.ts';
import { apiError } from '../errors.ts';
import type { HistoryNormals } from '../history/index.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { instant } from '../schema/query.ts';
import { ActivityView } from '../schema/statistics-views.ts';
import { cameraId, findCamera } from './find-camera.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const dayMs = 86_400_000;
/** Its quarters are 2,976. */
const maxSpanMs = 31 * dayMs;

/** What is normal on a camera, and what was. Counts, never who. */
export const addActivityRoutes = (app: ApiServer, { history, clock, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/activity',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getActivity',
        summary: 'How many tracks began on a camera by quarters of an hour, beside what is normal there',
        description:
          'Normal is what it is now: of the last four weeks, by the hour of the week in the site’s time zone.',
        tags: ['statistics'],
        querystring: closed({
          camera: cameraId,
          label: Type.Optional(Label),
          from: instant('quarters that began at or after; a day before `to` unless told'),
          to: instant('quarters that began before; now unless told. At most 31 days'),
        }),
        response: { ...answer(ActivityView, 'Quarters, earliest first.'), ...errorAnswers(404) },
      },
    },
    async (request) => {
      const { camera, label = 'person' } = request.query;
      const { id } = findCamera(resources, principalOf(request), camera);
      const now = Math.floor(clock.now());
      const span = readQuarters(request.query, now);
      const timezone = knownTimezone(resources.site().timezone);
      const [known] = await history.normals({ cameraIds: [id], labels: [label], timezone, until: now });
      const limit = maxSpanMs / quarterMs + 1;
      const rows = await history.statistics.quarterCounts({ ...span, cameraId: id, label, limit });
      const hourOf = createHourOfWeek(timezone);
      const normal = toNormal(known);
      const items = rows.map((row) => ({ ...row, ...bandAt(normal, hourOf(row.at)) }));
      return {
        ...span,
        timezone,
        cameraId: id,
        label,
        watchedDays: known?.watchedDays ?? 0,
        neededDays,
        items,
      };
    },
  );
};

/** Whole quarters, also the one that goes on. Throws `request-invalid`. */
const readQuarters = (query: { from?: number; to?: number }, now: number) => {
  const to = Math.ceil((query.to ?? now) / quarterMs) * quarterMs;
  const from = Math.floor(Math.max(0, query.from ?? to - dayMs) / quarterMs) * quarterMs;
  if (from >= to) throw apiError('request-invalid', `query: from is ${from}; it must lie before to, ${to}`);
  if (to - from > maxSpanMs)
    throw apiError('request-invalid', 'query: from and to lie more than 31 days apart');
  return { from, to };
};

/** Nothing is called normal before there is enough to tell. */
const toNormal = (known: HistoryNormals | undefined): LabelNormal | undefined =>
  known !== undefined && known.watchedDays >= neededDays ? known.labels[0] : undefined;

const bandAt = (normal: LabelNormal | undefined, hour: number): { low?: number; high?: number } => {
  const [low, high] = [normal?.low[hour] ?? undefined, normal?.high[hour] ?? undefined];
  return low === undefined || high === undefined ? {} : { low, high };
};
