import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { named } from '../schema/named.ts';
import { importCameras, outcomes } from '../settings/import/import-cameras.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';
import { changeQuery } from './setting-routes.ts';

const maxBodyBytes = 2 * 1024 * 1024;
const yamlTypes = ['application/yaml', 'application/x-yaml', 'text/yaml'];
const position = Type.Optional(Type.Integer({ minimum: 1 }));

export const CameraImport = named(
  'CameraImport',
  closed({
    isDone: Type.Boolean({
      description: 'the cameras are as the file wants them; false after a dry run or a refusal',
    }),
    rows: Type.Array(
      closed({
        id: Type.String(),
        line: position,
        outcome: Type.Enum(outcomes),
        changes: Type.Array(Type.String()),
        problems: Type.Array(
          closed({
            line: position,
            column: position,
            name: Type.String({ description: 'the column, or the part of the camera' }),
            ...{ message: Type.String(), remedy: Type.String() },
          }),
        ),
      }),
    ),
    elsewhere: Type.Array(Type.String(), {
      description: 'what the cameras together would break in the site',
    }),
  }),
);

/** Many cameras at once, from a table or from what a site file says of them. */
export const addCameraImportRoutes = (app: ApiServer, deps: RouteDeps): void => {
  app.register((scope, _options, done) => {
    const options = { parseAs: 'string', bodyLimit: maxBodyBytes } as const;
    scope.addContentTypeParser(
      ['text/csv', ...yamlTypes],
      options,
      async (_request: unknown, body: string | Buffer) => String(body),
    );
    scope.post(
      '/api/v1/settings/cameras/import',
      {
        bodyLimit: maxBodyBytes,
        config: { right: 'cameras.write' },
        schema: {
          operationId: 'importCameras',
          summary: 'Adds and changes many cameras, all or none',
          description:
            'Takes CSV (`text/csv`) whose first line names columns, or the cameras of a site file (`application/yaml`): at most 5,000, 2 MB. Cameras that it does not name stay. When one row is refused nothing is written, and every row says why.',
          tags: ['settings'],
          consumes: ['text/csv', 'application/yaml'],
          querystring: changeQuery,
          body: Type.String({ description: 'the file', examples: ['id,name\ngate-1,村口\n'] }),
          response: { ...answer(CameraImport, 'Row by row, what becomes of it.'), ...errorAnswers(412) },
        },
      },
      (request) =>
        importCameras(deps, request, {
          text: request.body as string,
          isYaml: yamlTypes.some((type) => request.headers['content-type']?.startsWith(type)),
          isDryRun: (request.query as { dryRun?: boolean }).dryRun ?? false,
        }),
    );
    done();
  });
};
