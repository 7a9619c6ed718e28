import { Type } from 'typebox';
import { ulid } from 'ulid';
import { isPending } from '../../core/alert-steps.ts';
import { alertStates } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import type { Handover } from '../../core/schema/handover.ts';
import { ulidPattern } from '../../core/schema/ulid.ts';
import { narrowGround } from '../auth/principal.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { HandoverPage, HandoverView } from '../schema/handover-view.ts';
import { cursor, instant, limit, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const maxOpenAlerts = 200;
const defaultLimit = 20;
/** What the next shift has to read; older ones by asking. */
const usualSpanMs = 7 * 86_400_000;

const pendingStates = alertStates.filter((state) => isPending({ state }));

const HandoverListQuery = closed({
  place,
  from: instant('written at or after, in milliseconds since 1970; a week ago unless told'),
  cursor,
  limit: limit(100, defaultLimit),
});

/** 交接班: who leaves tells who comes. */
export const addHandoverRoutes = (app: ApiServer, { bus, clock, history }: RouteDeps): void => {
  app.post(
    '/api/v1/handovers',
    {
      config: { right: 'alerts.handle' },
      schema: {
        operationId: 'handOver',
        summary: 'Leaves a note to the next shift, with the alerts that are open now',
        tags: ['handovers'],
        querystring: closed({}),
        body: closed({ text: Type.String({ minLength: 1, maxLength: 4000 }) }),
        response: { ...answer(HandoverView, 'The note as it is kept.'), ...errorAnswers() },
      },
    },
    async (request): Promise<Handover> => {
      const { id: by, ground } = principalOf(request);
      const { alerts, hasMore } = await history.alerts({
        ...{ placePrefix: ground, states: pendingStates, limit: maxOpenAlerts },
        ...{ scenarioIds: [], kinds: [], severities: [], cameraIds: [] },
      });
      const at = Math.round(clock.now());
      const handover: Handover = {
        ...{ schemaVersion: 1, handoverId: ulid(at), at, by, ground, text: request.body.text },
        openAlerts: alerts.map(({ alertId }) => alertId),
        isTruncated: hasMore,
      };
      await bus.appendHandover(handover);
      return handover;
    },
  );

  app.get(
    '/api/v1/handovers',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'listHandovers',
        summary: 'What shifts of the ground have told the next, newest first',
        tags: ['handovers'],
        querystring: HandoverListQuery,
        response: { ...answer(HandoverPage, 'A page of notes, newest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const ground = narrowGround(principalOf(request).ground, query.place);
      const olderThan = parseCursor(query.cursor, ulidPattern);
      if (ground === undefined) return { items: [] };
      const found = await bus.handoversOf(ground, query.from ?? clock.now() - usualSpanMs);
      const rest = found
        .map(({ value }) => value)
        .filter(({ handoverId }) => olderThan === undefined || handoverId < olderThan)
        .sort((a, b) => (a.handoverId < b.handoverId ? 1 : -1));
      const items = rest.slice(0, query.limit ?? defaultLimit);
      const last = items.at(-1);
      return {
        items,
        ...(last && rest.length > items.length ? { nextCursor: toCursor(last.handoverId) } : {}),
      };
    },
  );
};
