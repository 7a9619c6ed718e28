import { Type } from 'typebox';
import { AlertState } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { AlertId, ResourceId } from '../../core/schema/ids.ts';
import { ScenarioKind } from '../../core/schema/scenario.ts';
import { Severity } from '../../core/schema/severity.ts';
import { ulidPattern } from '../../core/schema/ulid.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { AlertView, toAlertView } from '../schema/alert-view.ts';
import { AlertPage } from '../schema/pages.ts';
import { anyOf, cursor, instant, limit, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const defaultLimit = 50;

const AlertListQuery = closed({
  place,
  from: instant('raised at or after, in milliseconds since 1970'),
  to: instant('raised before, in milliseconds since 1970'),
  scenario: anyOf(ResourceId, 'ids of scenarios'),
  kind: anyOf(ScenarioKind, 'kinds of scenario'),
  severity: anyOf(Severity, 'severities'),
  state: anyOf(AlertState, 'states'),
  camera: anyOf(ResourceId, 'ids of cameras'),
  incident: anyOf(AlertId, 'ids of incidents'),
  cursor,
  limit: limit(500, defaultLimit),
});

export const alertParams = closed({
  alertId: Type.Unsafe<string>({ ...AlertId, examples: ['01KE67FDM0ZVNPVT4F41N4E9VW'] }),
});

/** Alerts as the history has them, at most a second behind the bus. */
export const addAlertRoutes = (app: ApiServer, { history, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/alerts',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'listAlerts',
        summary: 'Alerts of the ground, newest first',
        tags: ['alerts'],
        querystring: AlertListQuery,
        response: { ...answer(AlertPage, 'A page of alerts, newest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const placePrefix = narrowGround(principalOf(request).ground, query.place);
      const olderThan = parseCursor(query.cursor, ulidPattern);
      if (placePrefix === undefined) return { items: [] };
      const { alerts, hasMore } = await history.alerts({
        placePrefix,
        ...(query.from === undefined ? {} : { from: query.from }),
        ...(query.to === undefined ? {} : { to: query.to }),
        scenarioIds: query.scenario ?? [],
        kinds: query.kind ?? [],
        severities: query.severity ?? [],
        states: query.state ?? [],
        cameraIds: query.camera ?? [],
        ...(query.incident === undefined ? {} : { incidentIds: query.incident }),
        ...(olderThan === undefined ? {} : { olderThan }),
        limit: query.limit ?? defaultLimit,
      });
      const last = alerts.at(-1);
      const items = alerts.map((alert) => toAlertView(alert, resources.site()));
      return { items, ...(hasMore && last ? { nextCursor: toCursor(last.alertId) } : {}) };
    },
  );

  app.get(
    '/api/v1/alerts/:alertId',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'getAlert',
        summary: 'One alert, with every step of it',
        tags: ['alerts'],
        params: alertParams,
        querystring: closed({}),
        response: { ...answer(AlertView, 'The alert.'), ...errorAnswers(404) },
      },
    },
    async (request) => {
      const { alertId } = request.params;
      const alert = await history.alert(alertId, principalOf(request).ground);
      if (alert) return toAlertView(alert, resources.site());
      throw apiError('alert-unknown', `there is no alert ${alertId} in your ground`);
    },
  );
};
