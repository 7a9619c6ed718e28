import { Type } from 'typebox';
import { needsOf } from '../../core/config/scope.ts';
import type { Sketch } from '../../core/evidence.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { closed } from '../../core/schema/closed.ts';
import { Scenario } from '../../core/schema/scenario.ts';
import { apiError } from '../errors.ts';
import { cameraId, findCamera } from './find-camera.ts';
import { type ApiServer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** Where a scenario would look, on a camera's picture as it is now. Nothing is changed by asking. */
export const addPreviewRoutes = (app: ApiServer, { resources, relay, pictures, trail }: RouteDeps): void => {
  app.post(
    '/api/v1/cameras/:cameraId/preview',
    {
      config: { right: 'scenarios.write' },
      schema: {
        operationId: 'previewScenario',
        summary: 'A camera’s picture with what a scenario would watch drawn onto it',
        description:
          'Takes a scenario as `/api/v1/settings/scenarios` does, stored or not. Its zone is dashed, its line ends in a dot, the camera’s masks are dark. Whether it would be sound says a `PUT` with `dryRun`; what it would have raised says `/api/v1/whatif`.',
        tags: ['scenarios'],
        params: closed({ cameraId }),
        querystring: closed({}),
        body: Scenario,
        response: {
          200: {
            description: 'The picture; `X-Captured-At` says when light hit the sensor.',
            content: { 'image/jpeg': { schema: Type.String({ format: 'binary' }) } },
          },
          ...errorAnswers(404, 504),
        },
      },
    },
    async (request, reply) => {
      const camera = findCamera(resources, principalOf(request), request.params.cameraId);
      const sketch = toSketch(request.body, camera);
      await trail.seen(request, { what: 'liveSeen', target: `cameras/${camera.id}`, place: camera.place });
      const { jpeg, capturedAt } = await relay.picture(camera);
      const sketched = await pictures.sketched(jpeg, sketch);
      reply.header('Cache-Control', 'no-store').header('X-Captured-At', capturedAt).type('image/jpeg');
      return reply.send(sketched as never);
    },
  );
};

const toSketch = (scenario: Scenario, camera: Camera): Sketch => {
  const needs = needsOf(scenario);
  const zone = needs.zone === undefined ? undefined : drawn('zone', needs.zone, camera.zones, camera.id);
  const line = needs.line === undefined ? undefined : drawn('line', needs.line, camera.lines, camera.id);
  return {
    ...(zone ? { zone: zone.polygon } : {}),
    ...(line ? { line: line.points } : {}),
    masks: (camera.masks ?? []).map(({ polygon }) => polygon),
  };
};

/** What a scenario names, among what is drawn on the camera. */
const drawn = <T extends { id: string }>(
  word: string,
  id: string,
  there: readonly T[] = [],
  camera: string,
): T => {
  const found = there.find((one) => one.id === id);
  if (found) return found;
  const known = there.length === 0 ? `it has none` : `it has ${there.map((one) => one.id).join(', ')}`;
  throw apiError('setting-unsound', `camera '${camera}' has no ${word} '${id}'; ${known}`);
};
