import { type Static, Type } from 'typebox';
import { isPending } from '../../core/alert-steps.ts';
import { AlertState } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { ScenarioKind } from '../../core/schema/scenario.ts';
import { Severity } from '../../core/schema/severity.ts';
import { isWithin, narrowGround } from '../auth/principal.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { sendTagged, toTagged } from '../http/send-tagged.ts';
import { type OpenAlert, orderKeyPattern, toOpenAlertJson } from '../live/open-alert.ts';
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
type OpenAlertQuery = Static<typeof OpenAlertQuery>;

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
      const after = parseCursor(query.cursor, orderKeyPattern) ?? '';
      const ground = narrowGround(principalOf(request).ground, query.place);
      const fits = toFilter(query, ground, now);
      const found = openAlerts.sorted().all.filter(fits);
      const rest = found.filter(({ orderKey }) => orderKey > after);
      const page = rest.slice(0, query.limit ?? defaultLimit);
      const last = page.at(-1);
      const facts = {
        ...(last && rest.length > page.length ? { nextCursor: toCursor(last.orderKey) } : {}),
        ...{ total: found.length, letGo: openAlerts.letGo, isStale: !bus.isConnected },
      };
      const items = page.map((entry) => toOpenAlertJson(entry, now)).join(',');
      return sendTagged(
        request,
        reply,
        toTagged(`{"items":[${items}],${JSON.stringify(facts).slice(1)}`),
      ) as never;
    },
  );
};

const toSet = (values: readonly string[] | undefined): ReadonlySet<string> | undefined =>
  values && new Set(values);

const toFilter = (
  query: OpenAlertQuery,
  ground: string | undefined,
  now: number,
): ((entry: OpenAlert) => boolean) => {
  const wanted = {
    ...{ scenarioId: toSet(query.scenario), kind: toSet(query.kind), severity: toSet(query.severity) },
    ...{ state: toSet(query.state), cameraId: toSet(query.camera) },
  };
  return ({ alert, dueAt }) =>
    ground !== undefined &&
    isWithin(alert.place, ground) &&
    (wanted.state?.has(alert.state) ?? isPending(alert)) &&
    (wanted.scenarioId?.has(alert.scenarioId) ?? true) &&
    (wanted.kind?.has(alert.kind) ?? true) &&
    (wanted.severity?.has(alert.severity) ?? true) &&
    (wanted.cameraId?.has(alert.cameraId) ?? true) &&
    (query.overdue === undefined || query.overdue === (dueAt !== undefined && dueAt < now));
};
