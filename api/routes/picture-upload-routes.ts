import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Alert, PictureMoment } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { AlertId } from '../../core/schema/ids.ts';
import { addPicture, requireRoom } from '../pictures/add-picture.ts';
import { maxPictureBytes, type UploadKey } from '../pictures/uploads.ts';
import { UploadView } from '../schema/answer-views.ts';
import { readAlert } from '../steps/append-to-alert.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** A chunk has to come within the 15 seconds of a request. */
export const maxChunkBytes = 512 * 1024;
export const chunkType = 'application/offset+octet-stream';

export const uploadId = Type.String({ pattern: '^[\\w-]{8,64}$', description: 'chosen by who sends it' });
export const uploadQuery = closed({
  when: PictureMoment,
  sizeBytes: Type.Integer({ minimum: 1, maximum: maxPictureBytes, description: 'of the whole picture' }),
});
export const uploadHeaders = Type.Object({
  'upload-offset': Type.String({ pattern: '^\\d{1,8}$', description: 'where this chunk begins' }),
});
const uploadParams = closed({ alertId: AlertId, uploadId });

/** Bytes of a chunk come as they are. To be called once for the routes that take them. */
export const takeChunks = (app: ApiServer): void => {
  if (app.hasContentTypeParser(chunkType)) return;
  app.addContentTypeParser(
    chunkType,
    { parseAs: 'buffer', bodyLimit: maxChunkBytes },
    (_request, body, done) => done(null, body),
  );
};

export interface Chunk {
  key: UploadKey;
  ground: string;
  alert: Alert;
  offset: number;
}

/** Takes a chunk; with the last one the picture is the alert's. */
export const takeChunk = async (
  { bus, clock, pictures, uploads, trail }: RouteDeps,
  request: FastifyRequest,
  { key, ground, alert, offset }: Chunk,
) => {
  const { alertId, by, when } = key;
  if (offset === 0) requireRoom(alert, when);
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const before = ({ place }: Alert): Promise<void> =>
    trail.done(request, { what: 'pictureAdded', target: `alerts/${alertId}/pictures`, place, why: when });
  const deps = { bus, pictures, before, now: () => Math.round(clock.now()) };
  const done = await uploads.add(key, { offset, bytes }, (whole) =>
    addPicture(deps, { alertId, ground, by, when }, whole),
  );
  return { offset: done.offset, ...(done.finished ? { picture: done.finished } : {}) };
};

/** Pictures that an operator adds to an alert, in chunks that go on where they were broken off. */
export const addPictureUploadRoutes = (app: ApiServer, deps: RouteDeps): void => {
  takeChunks(app);
  const url = '/api/v1/alerts/:alertId/uploads/:uploadId';
  const shared = { tags: ['evidence'], params: uploadParams, querystring: uploadQuery };
  app.get(
    url,
    {
      config: { right: 'alerts.handle' },
      schema: {
        ...shared,
        operationId: 'getUpload',
        summary: 'How much of a picture is here already',
        response: { ...answer(UploadView, 'Go on from there.'), ...errorAnswers(404) },
      },
    },
    async (request) => {
      const { id: by, ground } = principalOf(request);
      await readAlert(deps.bus, request.params.alertId, ground);
      return { offset: await deps.uploads.offset({ ...request.params, ...request.query, by }) };
    },
  );
  app.patch(
    url,
    {
      config: { right: 'alerts.handle' },
      schema: {
        ...shared,
        operationId: 'addToUpload',
        summary: 'Adds a chunk to a picture, at most 512 KiB; the last one makes it the alert’s',
        consumes: [chunkType],
        headers: uploadHeaders,
        response: { ...answer(UploadView, 'How much is here now.'), ...errorAnswers(404, 409) },
      },
    },
    async (request) => {
      const { id: by, ground } = principalOf(request);
      const alert = await readAlert(deps.bus, request.params.alertId, ground);
      const key = { ...request.params, ...request.query, by };
      const offset = Number(request.headers['upload-offset']);
      return takeChunk(deps, request, { key, ground, alert, offset });
    },
  );
};
