import { closed } from '../../core/schema/closed.ts';
import { narrowGround } from '../auth/principal.ts';
import { sendTagged } from '../http/send-tagged.ts';
import { BriefAnswers } from '../map/brief-answers.ts';
import { toMarks } from '../map/marks.ts';
import { MapView } from '../schema/map-views.ts';
import { place } from '../schema/query.ts';
import {
  type ApiServer,
  answer,
  emptyAnswer,
  errorAnswers,
  principalOf,
  type RouteDeps,
} from './route-deps.ts';

/** What a map is drawn on, and what stands on it besides cameras. */
export const addMapViewRoutes = (app: ApiServer, { resources, clock }: RouteDeps): void => {
  const answers = new BriefAnswers(clock);
  app.get(
    '/api/v1/map',
    {
      config: { right: 'cameras.read' },
      schema: {
        operationId: 'getMap',
        summary: 'What the map is drawn on, and what stands on it besides cameras',
        description:
          'Loudspeakers for those who may handle alerts, responders for those who may dispatch them. At most a second old.',
        tags: ['places'],
        querystring: closed({ place }),
        response: { ...answer(MapView, 'All of it.'), 304: emptyAnswer(304), ...errorAnswers() },
      },
    },
    (request, reply) => {
      const { ground: own, rights } = principalOf(request);
      const ground = narrowGround(own, request.query.place);
      const seen = ['alerts.handle', 'alerts.dispatch'].filter((right) => rights.has(right as never));
      const tagged = answers.get(`map ${ground} ${seen}`, () => ({
        ...resources.site().map,
        marks: ground === undefined ? [] : toMarks(resources, ground, rights),
      }));
      return sendTagged(request, reply, tagged, true) as never;
    },
  );
};
