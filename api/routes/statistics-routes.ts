import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { placeLevels, type ResponseRule } from '../history/index.ts';
import { FalseAlarms, ResponseTimes } from '../schema/statistics-views.ts';
import { toResponseRules } from '../statistics/site-rules.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';
import { maxRows, readGround, readSpan, spanQuery } from './statistics-span.ts';

/** 1-3-5: answered within one minute, on the scene within three, dealt with within five (快反135). */
const deadlinesMs = { acknowledged: 60_000, onScene: 180_000, resolved: 300_000 };

/** What alerts are held against where the site has no deadlines of its own. */
export const usualRules: readonly ResponseRule[] = [
  { place: '', severities: [], deadlinesMs: { dispatched: 0, ...deadlinesMs } },
];

/** Shares and times of places, scenarios and cameras. None of a person. */
export const addStatisticsRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addResponses(app, deps);
  addFalseAlarms(app, deps);
};

const shareOf = (part: number, whole: number): { share?: number } =>
  whole === 0 ? {} : { share: part / whole };

const pageOf = <Item>(rows: Item[]): { items: Item[]; isTruncated: boolean } => ({
  items: rows.slice(0, maxRows),
  isTruncated: rows.length > maxRows,
});

const addResponses = (app: ApiServer, { history, clock, resources }: RouteDeps): void => {
  const level = Type.Optional(Type.Enum(placeLevels, { description: 'villages unless told' }));
  app.get(
    '/api/v1/statistics/responses',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getResponseTimes',
        summary: 'How long places took from alert to closing, and how often in time',
        tags: ['statistics'],
        querystring: closed({ ...spanQuery, level }),
        response: { ...answer(ResponseTimes, 'Steps by place.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const span = readSpan(query, clock.now());
      const placePrefix = readGround(request, query);
      const rules = toResponseRules(resources.site());
      const heldAgainst = rules === undefined ? { deadlinesMs } : {};
      if (placePrefix === undefined) return { ...span, ...heldAgainst, items: [], isTruncated: false };
      const rows = await history.statistics.responseTimes({
        ...{ ...span, placePrefix, kinds: query.kind ?? [], severities: query.severity ?? [] },
        ...{ level: query.level ?? 'village', deadlinesMs: { dispatched: 0, ...deadlinesMs } },
        rules: rules ?? usualRules,
        ...{ now: Math.floor(clock.now()), limit: maxRows + 1 },
      });
      const items = rows.map((row) => ({ ...row, ...shareOf(row.inTime, row.due) }));
      return { ...span, ...heldAgainst, ...pageOf(items) };
    },
  );
};

const addFalseAlarms = (app: ApiServer, { history, clock }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/false-alarms',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getFalseAlarms',
        summary: 'Shares of false alarms by scenario and camera, with their reasons',
        tags: ['statistics'],
        querystring: closed(spanQuery),
        response: { ...answer(FalseAlarms, 'The most false alarms first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const span = readSpan(query, clock.now());
      const placePrefix = readGround(request, query);
      if (placePrefix === undefined) return { ...span, items: [], isTruncated: false };
      const rows = await history.statistics.falseAlarms({
        ...{ ...span, placePrefix, kinds: query.kind ?? [], severities: query.severity ?? [] },
        limit: maxRows + 1,
      });
      const items = rows.map((row) => ({ ...row, ...shareOf(row.falseAlarms, row.judged) }));
      return { ...span, ...pageOf(items) };
    },
  );
};
