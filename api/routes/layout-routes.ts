import { closed } from '../../core/schema/closed.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { LayoutFacts } from '../../core/schema/layout.ts';
import { LayoutList, LayoutView } from '../schema/layout-view.ts';
import { type ApiServer, answer, emptyAnswer, errorAnswers, type RouteDeps } from './route-deps.ts';

const all = '/api/v1/layouts';
const one = `${all}/:layoutId`;
const params = closed({ layoutId: ResourceId });
const shared = { tags: ['layouts'], querystring: closed({}) };
const config = { right: 'live.read' } as const;

/** What somebody's wall shows, wherever they sit. */
export const addLayoutRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addReading(app, deps);
  addChanging(app, deps);
};

const addReading = (app: ApiServer, { layoutDesk }: RouteDeps): void => {
  app.get(
    all,
    {
      config,
      schema: {
        ...shared,
        operationId: 'listLayouts',
        summary: 'Your own layouts of the wall; cameras outside your ground are left out of them',
        response: { ...answer(LayoutList, 'All of them, at most twenty.'), ...errorAnswers() },
      },
    },
    async (request) => ({ items: await layoutDesk.list(request) }),
  );

  app.get(
    one,
    {
      config,
      schema: {
        ...shared,
        operationId: 'getLayout',
        summary: 'A layout of your own',
        params,
        response: { ...answer(LayoutView, 'The layout, and its revision.'), ...errorAnswers(404) },
      },
    },
    async (request) => layoutDesk.find(request, request.params.layoutId),
  );
};

const addChanging = (app: ApiServer, { layoutDesk }: RouteDeps): void => {
  app.put(
    one,
    {
      config,
      schema: {
        ...shared,
        operationId: 'keepLayout',
        summary: 'Adds a layout of your own, or changes one',
        description:
          'Takes `If-None-Match: *` to add, `If-Match` with the layout’s revision to change. Twenty at most.',
        params,
        body: LayoutFacts,
        response: { ...answer(LayoutView, 'The layout as it is kept.'), ...errorAnswers(409, 412, 428) },
      },
    },
    async (request) => layoutDesk.put(request, request.params.layoutId, request.body),
  );

  app.delete(
    one,
    {
      config,
      schema: {
        ...shared,
        operationId: 'removeLayout',
        summary: 'Removes a layout of your own',
        description: 'Takes `If-Match` with the layout’s revision.',
        params,
        response: { 204: emptyAnswer(204), ...errorAnswers(404, 412, 428) },
      },
    },
    async (request, reply) => {
      await layoutDesk.remove(request, request.params.layoutId);
      return reply.code(204).send(null);
    },
  );
};
