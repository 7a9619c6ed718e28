import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { EvidenceFile } from '../../core/evidence.ts';
import type { Alert, EvidenceItem, Medium } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { apiError } from '../errors.ts';
import { parseByteRange } from '../http/byte-range.ts';
import { alertParams } from './alert-routes.ts';
import { signature } from './link-query.ts';
import { type ApiServer, emptyAnswer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const extensions = { snapshot: 'jpg', clip: 'mp4' } as const;
const types = { snapshot: 'image/jpeg', clip: 'video/mp4' } as const;
const operations = { snapshot: 'getSnapshot', clip: 'getClip' } as const;
const summaries = {
  snapshot: 'The picture of an alert, with boxes',
  clip: 'The clip of an alert, some seconds before and after',
} as const;

/** Pictures and clips. The way to the file is the evidence store's affair: nothing of the URL but the id gets there. */
export const addEvidenceRoutes = (app: ApiServer, deps: RouteDeps): void => {
  for (const medium of ['snapshot', 'clip'] as const) {
    const content = { [types[medium]]: { schema: Type.String({ format: 'binary' }) } };
    app.get(
      `/api/v1/alerts/:alertId/${medium}`,
      {
        config: { right: 'evidence.read', link: 'sig' },
        schema: {
          operationId: operations[medium],
          summary: summaries[medium],
          tags: ['evidence'],
          params: alertParams,
          querystring: closed({ sig: signature }),
          headers: Type.Object({
            range: Type.Optional(
              Type.String({ description: 'one range of bytes', examples: ['bytes=0-1023'] }),
            ),
            'if-none-match': Type.Optional(Type.String({ description: 'ETag of what the asker has' })),
          }),
          response: {
            200: { description: 'All of it.', content },
            206: { description: 'The range asked for.', content },
            304: emptyAnswer(304),
            ...errorAnswers(404, 410, 416),
          },
        },
      },
      async (request, reply) => {
        await sendEvidence(deps, medium, request.params.alertId, request, reply);
      },
    );
  }
};

const sendEvidence = async (
  { history, evidence, trail }: RouteDeps,
  medium: Medium,
  alertId: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const alert = await history.alert(alertId, principalOf(request).ground);
  if (!alert) throw apiError('alert-unknown', `there is no alert ${alertId} in your ground`);
  const item = readyItem(alert, medium);
  const look = { what: 'evidenceSeen', target: `alerts/${alertId}/${medium}`, place: alert.place } as const;
  const etag = `"${item.sha256}"`;
  // Revalidated every time: who may see it, and whether it is still there, is asked again.
  reply.header('ETag', etag).header('Cache-Control', 'private, no-cache').header('Accept-Ranges', 'bytes');
  if (hasEtag(request.headers['if-none-match'], etag)) {
    // What the asker has already is looked at again all the same.
    await trail.seen(request, look);
    await reply.code(304).send();
    return;
  }
  const file = await evidence.open(alertId, medium);
  if (!file) throw deleted(medium, alertId);
  await trail.seen(request, look);
  await sendFile(file, medium, alertId, etag, request, reply);
};

const sendFile = async (
  file: EvidenceFile,
  medium: Medium,
  alertId: string,
  etag: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const { range: asked, 'if-range': ifRange } = request.headers;
  const isSame = ifRange === undefined || ifRange === etag;
  const range = rangeOf(isSame ? asked : undefined, file.sizeBytes, reply);
  const body = await opened(file.stream(range), medium, alertId);
  reply
    .type(types[medium])
    .header('Content-Length', range ? range.end - range.start + 1 : file.sizeBytes)
    .header('Content-Disposition', `inline; filename="${alertId}.${extensions[medium]}"`);
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

const deleted = (medium: Medium, alertId: string, reason = 'its file is gone') =>
  apiError('evidence-deleted', `the ${medium} of alert ${alertId} has been deleted: ${reason}`);

/** Waits for the first bytes: a file deleted a moment ago is an answer of its own, not a broken download. */
const opened = async (body: Readable, medium: Medium, alertId: string): Promise<Readable> => {
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
