import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { AlertId } from '../../core/schema/ids.ts';
import type { FetchedArchive } from '../exports/archive/archive-desk.ts';
import { ExportView } from '../schema/export-view.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';

const params = closed({ exportId: AlertId });
const none = closed({});
const url = '/api/v1/exports/:exportId/archive';

/** The archive of an approved export, for whoever asked for it. */
export const addArchiveRoutes = (app: ApiServer, { archiveDesk }: RouteDeps): void => {
  app.get(
    url,
    {
      config: { right: 'exports.ask' },
      schema: {
        operationId: 'fetchExport',
        summary: 'The archive of what you asked for yourself and somebody else approved',
        tags: ['exports'],
        params,
        querystring: none,
        response: {
          200: {
            description: 'All of it.',
            content: { 'application/zip': { schema: Type.String({ format: 'binary' }) } },
          },
          ...errorAnswers(404, 409),
        },
      },
    },
    async (request, reply) => {
      const { exportId } = request.params;
      await sendArchive(await archiveDesk.fetch(request, exportId), exportId, reply);
    },
  );

  app.post(
    url,
    {
      config: { right: 'exports.ask' },
      schema: {
        operationId: 'remakeExport',
        summary: 'Has an archive made again that could not be made; any other stays as it is',
        tags: ['exports'],
        params,
        querystring: none,
        response: {
          202: { ...answer(ExportView, 'The export with its archive as it is now.')[200] },
          ...errorAnswers(404, 409),
        },
      },
    },
    async (request, reply) => {
      reply.code(202);
      return archiveDesk.retry(request, request.params.exportId);
    },
  );
};

/** The stream closes the file, also where whoever fetches it goes away. */
const sendArchive = async (
  { file, bytes, sha256 }: FetchedArchive,
  exportId: string,
  reply: FastifyReply,
): Promise<void> => {
  reply
    .type('application/zip')
    .header('Content-Length', bytes)
    .header('Content-Disposition', `attachment; filename="${exportId}.zip"`)
    .header('Cache-Control', 'private, no-store')
    .header('ETag', `"${sha256}"`);
  await reply.send(file.createReadStream({ highWaterMark: 256 * 1024 }));
};
