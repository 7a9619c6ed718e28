import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { apiError } from '../errors.ts';
import type { ApiServer } from './route-deps.ts';

/** Addresses under which the console shows a page; what it shows there it decides itself. */
const pages = ['/', '/wall', '/map', '/search', '/statistics', '/cameras', '/engineer', '/system'] as const;

/** Beside the compiled API, or where the build leaves it when the sources run as they are. */
const folders = ['../../console', '../../dist/console'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

const hide = true;
const fileParams = closed({ file: Type.String({ pattern: '^[\\w-]+(\\.[\\w-]+)+$' }) });

/**
 * The console's own files, for anybody: there is nothing of the site in them. Its pages sign in over the API. A file
 * under `/assets` has a hash of its content in its name and never changes; a page is asked for anew each time.
 */
export const addConsoleRoutes = (
  app: ApiServer,
  folder = folders.find((one) => existsSync(`${one}/assets`)),
): void => {
  const config = { right: 'public' } as const;
  app.register(files, { serve: false, preCompressed: true });
  app.get(
    '/assets/:file',
    { config, schema: { hide, params: fileParams, querystring: closed({}) } },
    (request, reply) => {
      const path = `assets/${request.params.file}`;
      if (!folder || !existsSync(`${folder}/${path}`))
        throw apiError('route-unknown', `there is no /${path} here`);
      return reply.sendFile(path, folder, { maxAge: '1y', immutable: true });
    },
  );
  // The page for whoever was sent, which asks what its token is good for; a token is nothing that this looks at.
  app.get('/r/:token', { config, schema: { hide } }, (_request, reply) => {
    if (!folder) throw apiError('console-unbuilt', 'the console is not built here; run: npm run build');
    return reply
      .header('Cache-Control', 'no-store')
      .sendFile('responder.html', folder, { cacheControl: false });
  });
  for (const url of pages) {
    app.get(url, { config, schema: { hide } }, (_request, reply) => {
      if (!folder) throw apiError('console-unbuilt', 'the console is not built here; run: npm run build');
      return reply.sendFile('index.html', folder, { maxAge: 0 });
    });
  }
};
