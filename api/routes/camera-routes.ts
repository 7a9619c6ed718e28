import type { Static } from 'typebox';
import type { Camera } from '../../core/schema/camera.ts';
import { closed } from '../../core/schema/closed.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import { isWithin, narrowGround } from '../auth/principal.ts';
import { pageOf, parseCursor } from '../http/cursor.ts';
import { packAnswer } from '../http/pack-answer.ts';
import type { Aged } from '../live/latest.ts';
import { CameraView, ShownCameraState } from '../schema/camera-view.ts';
import { CameraPage } from '../schema/pages.ts';
import { anyOf, cursor, limit, place } from '../schema/query.ts';
import { cameraId, findCamera } from './find-camera.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const defaultLimit = 200;

const CameraQuery = closed({
  place,
  state: anyOf(ShownCameraState, 'only in these states'),
  cursor,
  limit: limit(1000, defaultLimit),
});

/** Cameras as configured, with what is known of them now. */
export const addCameraRoutes = (app: ApiServer, { resources, live }: RouteDeps): void => {
  const view = (camera: Camera): CameraView => toCameraView(camera, live.cameras.get(camera.id));

  app.get(
    '/api/v1/cameras',
    {
      config: { right: 'cameras.read' },
      onSend: packAnswer,
      schema: {
        operationId: 'listCameras',
        summary: 'Cameras of the ground, with their state',
        tags: ['cameras'],
        querystring: CameraQuery,
        response: { ...answer(CameraPage, 'A page of cameras, by id.'), ...errorAnswers() },
      },
    },
    (request) => {
      const { place: wanted, state = [], cursor: given, limit: size = defaultLimit } = request.query;
      const ground = narrowGround(principalOf(request).ground, wanted);
      const after = parseCursor(given, idPattern);
      const cameras = resources
        .cameras()
        .filter((camera) => ground !== undefined && isWithin(camera.place, ground));
      const views = cameras.map(view).filter((item) => state.length === 0 || state.includes(item.state));
      return pageOf(views, (item) => item.id, after, size);
    },
  );

  app.get(
    '/api/v1/cameras/:cameraId',
    {
      config: { right: 'cameras.read' },
      schema: {
        operationId: 'getCamera',
        summary: 'One camera, with its state',
        tags: ['cameras'],
        params: closed({ cameraId }),
        querystring: closed({}),
        response: { ...answer(CameraView, 'The camera.'), ...errorAnswers(404) },
      },
    },
    (request) => view(findCamera(resources, principalOf(request), request.params.cameraId)),
  );
};

/** Only what is named here leaves; a status that is too old leaves only its age. */
const toCameraView = (camera: Camera, told: Aged<CameraStatus> | undefined): CameraView => {
  const { id, name, place: stands, gbCode, location, register, zones, stream } = camera;
  const address = toAddress(stream.url);
  const isStatusStale = told?.isStale ?? true;
  return {
    ...{ id, name, place: stands, register },
    ...(gbCode === undefined ? {} : { gbCode }),
    ...(location === undefined ? {} : { location }),
    ...(zones === undefined ? {} : { zones }),
    stream: { transport: stream.transport ?? 'tcp', ...(address === undefined ? {} : { address }) },
    state: told && !isStatusStale ? told.value.state : 'unknown',
    isStatusStale,
    ...(told ? { statusAt: told.value.at, statusAgeMs: told.ageMs } : {}),
    ...(told && !isStatusStale ? { status: told.value } : {}),
  };
};

const toAddress = (url: string): Static<typeof CameraView>['stream']['address'] => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && parsed.host !== '' ? `${parsed.protocol}//${parsed.host}` : undefined;
};
