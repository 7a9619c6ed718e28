import { Type } from 'typebox';
import { publishedSchemas, toPublished } from '../../core/published/published-schemas.ts';
import { closed } from '../../core/schema/closed.ts';
import { apiError } from '../errors.ts';
import { type ApiServer, errorAnswers } from './route-deps.ts';

const names = [...publishedSchemas.keys()];
const published = new Map([...publishedSchemas].map(([name, schema]) => [name, toPublished(name, schema)]));

/** What the messages look like that others read from the bus and from streams of events. */
export const addSchemaRoutes = (app: ApiServer): void => {
  app.get(
    '/api/v1/schemas/:name',
    {
      config: { right: 'anyone' },
      schema: {
        operationId: 'getSchema',
        summary: 'The JSON Schema of a published message',
        description: 'A version changes by additions alone: pass over fields that you do not know.',
        tags: ['settings'],
        params: closed({
          name: Type.String({
            pattern: '^[a-z][a-z0-9.-]{0,63}$',
            description: `one of ${names.join(', ')}`,
          }),
        }),
        querystring: closed({}),
        response: {
          200: Type.Unsafe<unknown>({
            type: 'object',
            additionalProperties: true,
            description: 'JSON Schema 2020-12.',
          }),
          ...errorAnswers(404),
        },
      },
    },
    (request) => {
      const schema = published.get(request.params.name);
      if (schema !== undefined) return schema;
      throw apiError('schema-unknown', `no schema '${request.params.name}'; there are ${names.join(', ')}`);
    },
  );
};
