import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { AlertId } from '../../core/schema/ids.ts';
import { ulidPattern } from '../../core/schema/ulid.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { IncidentPage, IncidentView } from '../schema/incident-view.ts';
import { cursor, instant, limit, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const defaultLimit = 20;

const IncidentListQuery = closed({
  place,
  from: instant('with an alert raised at or after, in milliseconds since 1970'),
  to: instant('with an alert raised before, in milliseconds since 1970'),
  open: Type.Optional(Type.Boolean({ description: 'only those of which something goes on' })),
  cursor,
  limit: limit(100, defaultLimit),
});

const incidentParams = closed({
  incidentId: Type.Unsafe<string>({ ...AlertId, examples: ['01KE76X8G0ZVNPVT4F41N4E9VW'] }),
});

/** Incidents as far as their alerts lie in the asker's ground. */
export const addIncidentRoutes = (app: ApiServer, { history }: RouteDeps): void => {
  app.get(
    '/api/v1/incidents',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'listIncidents',
        summary: 'Alerts of the ground that belong together, newest first',
        tags: ['incidents'],
        querystring: IncidentListQuery,
        response: { ...answer(IncidentPage, 'A page of incidents, newest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const placePrefix = narrowGround(principalOf(request).ground, query.place);
      const olderThan = parseCursor(query.cursor, ulidPattern);
      if (placePrefix === undefined) return { items: [] };
      const { incidents, hasMore } = await history.incidents({
        placePrefix,
        ...(query.from === undefined ? {} : { from: query.from }),
        ...(query.to === undefined ? {} : { to: query.to }),
        onlyOpen: query.open ?? false,
        ...(olderThan === undefined ? {} : { olderThan }),
        limit: query.limit ?? defaultLimit,
      });
      const last = incidents.at(-1);
      return { items: incidents, ...(hasMore && last ? { nextCursor: toCursor(last.incidentId) } : {}) };
    },
  );

  app.get(
    '/api/v1/incidents/:incidentId',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'getIncident',
        summary: 'One incident, with the alerts of it that lie in the ground',
        tags: ['incidents'],
        params: incidentParams,
        querystring: closed({}),
        response: { ...answer(IncidentView, 'The incident.'), ...errorAnswers(404) },
      },
    },
    async (request) => {
      const { incidentId } = request.params;
      const incident = await history.incident(incidentId, principalOf(request).ground);
      if (incident) return incident;
      throw apiError('incident-unknown', `there is no incident ${incidentId} in your ground`);
    },
  );
};
