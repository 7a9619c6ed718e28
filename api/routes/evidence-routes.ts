import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { EvidenceFile, EvidenceName } from '../../core/evidence.ts';
import type { Alert, AlertPicture, EvidenceItem, Medium } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { AlertId } from '../../core/schema/ids.ts';
import { apiError } from '../errors.ts';
import { parseByteRange } from '../http/byte-range.ts';
import { alertParams } from './alert-routes.ts';
import { signature } from './link-query.ts';
import { type ApiServer, emptyAnswer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const types = { snapshot: 'image/jpeg', clip: 'video/mp4' } as const;
const operations = { snapshot: 'getSnapshot', clip: 'getClip' } as const;
const summaries = {
  snapshot: 'The picture of an alert, with boxes',
  clip: 'The clip of an alert, some seconds before and after',
} as const;

/** Pictures and clips. The way to the file is the evidence store's affair: nothing of the URL but the id gets there. */
export const addEvidenceRoutes = (app: ApiServer, deps: RouteDeps): void => {
  for (const medium of ['snapshot', 'clip'] as const) {
    app.get(
      `/api/v1/alerts/:alertId/${medium}`,
      {
        config: { right: 'evidence.read', link: 'sig' },
        schema: {
          operationId: operations[medium],
          summary: summaries[medium],
          tags: ['evidence'],
          params: alertParams,
          ...fileSchema(types[medium]),
        },
      },
      async (request, reply) => {
        const alert = await alertOf(deps, request.params.alertId, request);
        const { sha256 } = readyItem(alert, medium);
        const thing = { name: medium, path: medium, type: types[medium], what: 'evidenceSeen' } as const;
        await sendEvidence(deps, { alert, sha256, ...thing }, request, reply);
      },
    );
  }
  addPictureRoute(app, deps);
};

const pictureParams = closed({ alertId: AlertId, n: Type.Integer({ minimum: 1, maximum: 64 }) });

const addPictureRoute = (app: ApiServer, deps: RouteDeps): void => {
  app.get(
    '/api/v1/alerts/:alertId/pictures/:n',
    {
      config: { right: 'evidence.read', link: 'sig' },
      schema: {
        operationId: 'getPicture',
        summary: 'A picture from the spot, before or after the alert was dealt with',
        tags: ['evidence'],
        params: pictureParams,
        ...fileSchema('image/jpeg'),
      },
    },
    async (request, reply) => {
      const { alertId, n } = request.params;
      const alert = await alertOf(deps, alertId, request);
      const { sha256 } = readyPicture(alert, n);
      const thing = { path: `pictures/${n}`, type: 'image/jpeg', what: 'pictureSeen' } as const;
      await sendEvidence(deps, { alert, sha256, name: `picture-${sha256}`, ...thing }, request, reply);
    },
  );
};

const fileSchema = (type: string) => {
  const content = { [type]: { schema: Type.String({ format: 'binary' }) } };
  return {
    querystring: closed({ sig: signature }),
    headers: Type.Object({
      range: Type.Optional(Type.String({ description: 'one range of bytes', examples: ['bytes=0-1023'] })),
      'if-none-match': Type.Optional(Type.String({ description: 'ETag of what the asker has' })),
    }),
    response: {
      200: { description: 'All of it.', content },
      206: { description: 'The range asked for.', content },
      304: emptyAnswer(304),
      ...errorAnswers(404, 410, 416),
    },
  };
};

/** A file of an alert's evidence, and how a look at it is written down. */
interface Sent {
  alert: Alert;
  name: EvidenceName;
  /** Below the alert's address. */
  path: string;
  sha256: string;
  type: string;
  what: 'evidenceSeen' | 'pictureSeen';
}

const alertOf = async ({ history }: RouteDeps, alertId: string, request: FastifyRequest): Promise<Alert> => {
  const alert = await history.alert(alertId, principalOf(request).ground);
  if (alert) return alert;
  throw apiError('alert-unknown', `there is no alert ${alertId} in your ground`);
};

const sendEvidence = async (
  { evidence, trail }: RouteDeps,
  sent: Sent,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const { alert, name, path, sha256, what } = sent;
  const { alertId, place } = alert;
  const look = { what, target: `alerts/${alertId}/${path}`, place };
  const etag = `"${sha256}"`;
  // Revalidated every time: who may see it, and whether it is still there, is asked again.
  reply.header('ETag', etag).header('Cache-Control', 'private, no-cache').header('Accept-Ranges', 'bytes');
  if (hasEtag(request.headers['if-none-match'], etag)) {
    // What the asker has already is looked at again all the same.
    await trail.seen(request, look);
    await reply.code(304).send();
    return;
  }
  const file = await evidence.open(alertId, name);
  if (!file) throw deleted(path, alertId);
  await trail.seen(request, look);
  await sendFile(file, sent, etag, request, reply);
};

const sendFile = async (
  file: EvidenceFile,
  { alert: { alertId }, path, type }: Sent,
  etag: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const { range: asked, 'if-range': ifRange } = request.headers;
  const isSame = ifRange === undefined || ifRange === etag;
  const range = rangeOf(isSame ? asked : undefined, file.sizeBytes, reply);
  const body = await opened(file.stream(range), path, alertId);
  reply
    .type(type)
    .header('Content-Length', range ? range.end - range.start + 1 : file.sizeBytes)
    .header('Content-Disposition', `inline; filename="${fileNameOf(alertId, path, type)}"`);
  if (range) reply.code(206).header('Content-Range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
  await reply.send(body);
};

const rangeOf = (header: string | undefined, sizeBytes: number, reply: FastifyReply) => {
  try {
    return parseByteRange(header, sizeBytes);
  } catch (error) {
    reply.header('Content-Range', `bytes */${sizeBytes}`);
    throw error;
  }
};

const readyItem = (alert: Alert, medium: Medium): EvidenceItem => {
  const state = alert[medium];
  switch (state.state) {
    case 'ready':
      return state.item;
    case 'pending':
      throw apiError(
        'evidence-pending',
        `the ${medium} of alert ${alert.alertId} is not there yet; ask again in seconds`,
      );
    case 'missing':
      throw apiError('evidence-missing', `alert ${alert.alertId} has no ${medium}: ${state.reason}`);
    case 'deleted':
      throw deleted(medium, alert.alertId, state.reason);
  }
};

const readyPicture = ({ alertId, pictures = [] }: Alert, n: number): AlertPicture => {
  const picture = pictures.find((one) => one.n === n);
  if (!picture) throw apiError('picture-unknown', `alert ${alertId} has no picture ${n}`);
  if (picture.deleted !== undefined) throw deleted(`picture ${n}`, alertId, picture.deleted);
  return picture;
};

const fileNameOf = (alertId: string, path: string, type: string): string => {
  const number = path.startsWith('pictures/') ? `-${path.slice('pictures/'.length)}` : '';
  return `${alertId}${number}.${type === 'video/mp4' ? 'mp4' : 'jpg'}`;
};

const deleted = (medium: string, alertId: string, reason = 'its file is gone') =>
  apiError('evidence-deleted', `the ${medium} of alert ${alertId} has been deleted: ${reason}`);

/** Waits for the first bytes: a file deleted a moment ago is an answer of its own, not a broken download. */
const opened = async (body: Readable, medium: string, alertId: string): Promise<Readable> => {
  try {
    await once(body, 'readable');
    return body;
  } catch (cause) {
    body.destroy();
    throw apiError('evidence-deleted', `the ${medium} of alert ${alertId} has been deleted`, { cause });
  }
};

const hasEtag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((part) => part.trim() === etag || part.trim() === `W/${etag}`);
