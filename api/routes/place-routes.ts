import { closed } from '../../core/schema/closed.ts';
import { isWithin, narrowGround } from '../auth/principal.ts';
import { pageOf, parseCursor } from '../http/cursor.ts';
import { packAnswer } from '../http/pack-answer.ts';
import { PlacePage } from '../schema/pages.ts';
import { cursor, limit, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const codePattern = /^\d{4,12}$/;
const defaultLimit = 1000;

/** The places of the site. */
export const addPlaceRoutes = (app: ApiServer, { resources }: RouteDeps): void => {
  app.get(
    '/api/v1/places',
    {
      config: { right: 'anyone' },
      onSend: packAnswer,
      schema: {
        operationId: 'listPlaces',
        summary: 'Places of the ground, by their division codes',
        tags: ['places'],
        querystring: closed({ place, cursor, limit: limit(10_000, defaultLimit) }),
        response: { ...answer(PlacePage, 'A page of places, by code.'), ...errorAnswers() },
      },
    },
    (request) => {
      const { place: wanted, cursor: given, limit: size = defaultLimit } = request.query;
      const ground = narrowGround(principalOf(request).ground, wanted);
      const after = parseCursor(given, codePattern);
      const places = resources.places().filter(({ code }) => ground !== undefined && isWithin(code, ground));
      return pageOf(places, ({ code }) => code, after, size);
    },
  );
};
