import { isPending } from '../../core/alert-steps.ts';
import { closed } from '../../core/schema/closed.ts';
import { isWithin, narrowGround } from '../auth/principal.ts';
import { sendTagged } from '../http/send-tagged.ts';
import { BriefAnswers } from '../map/brief-answers.ts';
import { toPositions } from '../map/camera-positions.ts';
import { countPlaces } from '../map/place-tree.ts';
import { CameraPositions, PlaceTree } from '../schema/map-views.ts';
import { place } from '../schema/query.ts';
import {
  type ApiServer,
  answer,
  emptyAnswer,
  errorAnswers,
  principalOf,
  type RouteDeps,
} from './route-deps.ts';

/** What a map shows, of 30,000 cameras at once. */
export const addMapRoutes = (app: ApiServer, deps: RouteDeps): void => {
  const answers = new BriefAnswers(deps.clock);
  addTree(app, deps, answers);
  addPositions(app, deps, answers);
};

const addTree = (app: ApiServer, deps: RouteDeps, answers: BriefAnswers): void => {
  const { resources, live, openAlerts } = deps;
  const count = (isWithAlerts: boolean) => {
    const alerts = isWithAlerts && openAlerts.isReady ? openAlerts.sorted().all : undefined;
    return countPlaces({
      resources,
      statusOf: (id) => live.cameras.get(id),
      pendingAlerts: alerts?.map(({ alert }) => alert).filter(isPending),
    });
  };
  app.get(
    '/api/v1/places/tree',
    {
      config: { right: 'cameras.read' },
      schema: {
        operationId: 'getPlaceTree',
        summary: 'Places of the ground with what is in them and below them',
        description: 'By code, so that a place comes before those below it. At most a second old.',
        tags: ['places'],
        querystring: closed({ place }),
        response: { ...answer(PlaceTree, 'All of them.'), 304: emptyAnswer(304), ...errorAnswers() },
      },
    },
    (request, reply) => {
      const { ground: own, rights } = principalOf(request);
      const ground = narrowGround(own, request.query.place);
      const isWithAlerts = rights.has('alerts.read');
      const make = (): PlaceTree => ({
        items:
          ground === undefined
            ? []
            : count(isWithAlerts)
                .filter(({ code }) => isWithin(code, ground))
                .map((one) => withoutOutside(one, ground)),
      });
      const tagged = answers.get(`tree ${ground} ${isWithAlerts} ${openAlerts.isReady}`, make);
      return sendTagged(request, reply, tagged, true) as never;
    },
  );
};

/** A parent outside the ground is not there for the asker. */
const withoutOutside = (one: PlaceTree['items'][number], ground: string): PlaceTree['items'][number] => {
  const { parent, ...rest } = one;
  return parent === undefined || !isWithin(parent, ground) ? rest : one;
};

const addPositions = (app: ApiServer, { resources, live }: RouteDeps, answers: BriefAnswers): void => {
  app.get(
    '/api/v1/cameras/positions',
    {
      config: { right: 'cameras.read' },
      schema: {
        operationId: 'getCameraPositions',
        summary: 'Where all cameras of the ground are and how they do, in short',
        description: 'Lists of the same length, gzipped for those who take it. At most a second old.',
        tags: ['cameras'],
        querystring: closed({ place }),
        response: { ...answer(CameraPositions, 'All of them.'), 304: emptyAnswer(304), ...errorAnswers() },
      },
    },
    (request, reply) => {
      const ground = narrowGround(principalOf(request).ground, request.query.place);
      const tagged = answers.get(`positions ${ground}`, () => {
        const mine = resources.cameras().filter((one) => ground !== undefined && isWithin(one.place, ground));
        return toPositions(mine, (id) => live.cameras.get(id));
      });
      return sendTagged(request, reply, tagged, true) as never;
    },
  );
};
