import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { createPasswordHash } from '../auth/password-hash.ts';
import { requireStrongSecret } from '../auth/secret-strength.ts';
import { apiError } from '../errors.ts';
import { type ApiServer, emptyAnswer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** One's own secret, by whoever knows the present one: a page that was left open is not enough. */
export const addOwnSecretRoutes = (app: ApiServer, { authenticator, userChanges }: RouteDeps): void => {
  app.post(
    '/api/v1/session/secret',
    {
      config: { right: 'anyone' },
      schema: {
        operationId: 'changeOwnSecret',
        summary: 'Changes one’s own secret; all of one’s sessions end',
        tags: ['session'],
        querystring: closed({}),
        body: closed({
          secret: Type.String({ minLength: 1, maxLength: 256, description: 'the present one' }),
          newSecret: Type.String({ minLength: 12, maxLength: 256 }),
        }),
        response: { 204: emptyAnswer(204), ...errorAnswers(404, 412) },
      },
    },
    async (request, reply) => {
      const { id, kind } = principalOf(request);
      const stored = kind === 'user' ? await userChanges.find(id) : undefined;
      if (!stored)
        throw apiError('user-unknown', `${id} is no user of this site and has no secret to change`);
      const { secret, newSecret } = request.body;
      await authenticator.signIn(id, secret, request.ip);
      requireStrongSecret(newSecret, id);
      const after = { ...stored.user, passwordHash: await createPasswordHash(newSecret) };
      await userChanges.change(request, after, stored.revision, 'own secret');
      return reply.code(204).send(null);
    },
  );
};
