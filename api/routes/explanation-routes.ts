import { toUnwatchedError } from '../../core/explanation/unwatched.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import { closed } from '../../core/schema/closed.ts';
import { ExplanationView } from '../schema/explanation-view.ts';
import { cameraId, findCamera } from './find-camera.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** What a camera costs and why it is silent, asked of the worker that holds it. */
export const addExplanationRoutes = (app: ApiServer, { resources, bus, live, clock }: RouteDeps): void => {
  app.get(
    '/api/v1/cameras/:cameraId/explanation',
    {
      config: { right: 'cameras.read' },
      schema: {
        operationId: 'explainCamera',
        summary: 'What a camera did in the last minutes, what it cost, and what its scenarios lack',
        tags: ['cameras'],
        params: closed({ cameraId }),
        querystring: closed({}),
        response: {
          ...answer(ExplanationView, 'As the worker that holds the camera knows it now.'),
          ...errorAnswers(404, 504),
        },
      },
    },
    async (request) => {
      const camera = findCamera(resources, principalOf(request), request.params.cameraId);
      const explanation = await bus.explain(camera.id);
      if (explanation) return explanation;
      const timezone = resources.site().timezone ?? defaultTimezone;
      throw toUnwatchedError(camera, live.cameras.get(camera.id)?.value, clock.now(), timezone);
    },
  );
};
