import { closed } from '../../core/schema/closed.ts';
import { isWithin, narrowGround } from '../auth/principal.ts';
import { pageOf, parseCursor } from '../http/cursor.ts';
import { LoudspeakerPage, ResponderPage } from '../schema/at-hand-views.ts';
import { cursor, limit, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const defaultLimit = 1000;
const querystring = closed({ place, cursor, limit: limit(1000, defaultLimit) });

/** Who and what is at hand for an alert: whom to send, and what can speak there. */
export const addAtHandRoutes = (app: ApiServer, { resources }: RouteDeps): void => {
  app.get(
    '/api/v1/responders',
    {
      config: { right: 'alerts.dispatch' },
      schema: {
        operationId: 'listResponders',
        summary: 'Responders of the ground, whom an alert may be dispatched to',
        tags: ['alerts'],
        querystring,
        response: { ...answer(ResponderPage, 'A page of responders, by id.'), ...errorAnswers() },
      },
    },
    (request) => {
      const { place: wanted, cursor: given, limit: size = defaultLimit } = request.query;
      const mine = withinGround(principalOf(request).ground, wanted);
      const views = resources
        .responders()
        .filter(mine)
        .map(({ id, name, place: home }) => ({ id, name, place: home }));
      return pageOf(views, ({ id }) => id, parseCursor(given, idPattern), size);
    },
  );

  app.get(
    '/api/v1/loudspeakers',
    {
      config: { right: 'alerts.handle' },
      schema: {
        operationId: 'listLoudspeakers',
        summary: 'Loudspeakers of the ground, with the recordings that they may play',
        tags: ['loudspeakers'],
        querystring,
        response: { ...answer(LoudspeakerPage, 'A page of loudspeakers, by id.'), ...errorAnswers() },
      },
    },
    (request) => {
      const { place: wanted, cursor: given, limit: size = defaultLimit } = request.query;
      const mine = withinGround(principalOf(request).ground, wanted);
      const views = resources
        .loudspeakers()
        .filter(mine)
        .map(({ id, name, place: stands, recordings }) => ({ id, name, place: stands, recordings }));
      return pageOf(views, ({ id }) => id, parseCursor(given, idPattern), size);
    },
  );
};

const withinGround = (ground: string, wanted: string | undefined) => {
  const narrowed = narrowGround(ground, wanted);
  return ({ place: stands }: { place: string }): boolean =>
    narrowed !== undefined && isWithin(stands, narrowed);
};
