import { Type } from 'typebox';
import { AlertState } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { ScenarioKind } from '../../core/schema/scenario.ts';
import { Severity } from '../../core/schema/severity.ts';
import { narrowGround } from '../auth/principal.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { sendTagged, toTagged } from '../http/send-tagged.ts';
import { findOpenAlerts } from '../live/find-open-alerts.ts';
import { orderKeyPattern, toOpenAlertJson } from '../live/open-alert.ts';
import { OpenAlertPage } from '../schema/open-alert-view.ts';
import { anyOf, cursor, limit, place } from '../schema/query.ts';
import {
  type ApiServer,
  answer,
  emptyAnswer,
  errorAnswers,
  principalOf,
  type RouteDeps,
} from './route-deps.ts';

const defaultLimit = 100;
/** A page of fewer alerts is as quickly sent as it is. */
const packFrom = 16;

const OpenAlertQuery = closed({
  place,
  scenario: anyOf(ResourceId, 'ids of scenarios'),
  kind: anyOf(ScenarioKind, 'kinds of scenario'),
  severity: anyOf(Severity, 'severities'),
  state: anyOf(AlertState, 'states; those before `resolved` unless told'),
  camera: anyOf(ResourceId, 'ids of cameras'),
  overdue: Type.Optional(
    Type.Boolean({ description: 'only those for which something should have been done by now' }),
  ),
  cursor,
  limit: limit(500, defaultLimit),
});

/** What is to be done now. From memory: it waits for no history. */
export const addOpenAlertRoutes = (app: ApiServer, { openAlerts, bus, clock }: RouteDeps): void => {
  app.get(
    '/api/v1/alerts/open',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'listOpenAlerts',
        summary: 'Alerts that are open now, the most urgent first',
        description:
          'By severity, then by what is due first. Those that were dealt with and are not closed come when `state` names them, behind the others. At most 10,000 are kept; `letGo` says how many are not. After a start it answers 503 `open-alerts-behind` until all is read.',
        tags: ['alerts'],
        querystring: OpenAlertQuery,
        response: {
          ...answer(OpenAlertPage, 'A page of open alerts.'),
          304: emptyAnswer(304),
          ...errorAnswers(),
        },
      },
    },
    (request, reply) => {
      const { query } = request;
      const now = clock.now();
      const { place: asked, cursor: behind, limit: most = defaultLimit, ...filters } = query;
      const after = parseCursor(behind, orderKeyPattern) ?? '';
      const ground = narrowGround(principalOf(request).ground, asked);
      const search = { ...filters, ground, after, limit: most };
      const { page, total, hasMore } = findOpenAlerts(openAlerts.sorted(), search, now);
      const last = page.at(-1);
      const facts = {
        ...(last && hasMore ? { nextCursor: toCursor(last.orderKey) } : {}),
        ...{ total, letGo: openAlerts.letGo, isStale: !bus.isConnected },
      };
      const items = page.map((entry) => toOpenAlertJson(entry, now)).join(',');
      return sendTagged(
        request,
        reply,
        toTagged(`{"items":[${items}],${JSON.stringify(facts).slice(1)}`),
        page.length >= packFrom,
      ) as never;
    },
  );
};
