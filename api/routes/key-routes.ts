import { closed } from '../../core/schema/closed.ts';
import { requireWithin } from '../accounts/account-rules.ts';
import { createKeySecret } from '../auth/key-secret.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { pageOf, parseCursor } from '../http/cursor.ts';
import { KeyPage, keyFacts, NewKeyView } from '../schema/account-views.ts';
import { refTo } from '../schema/named.ts';
import { cursor, limit } from '../schema/query.ts';
import {
  type ApiServer,
  answer,
  emptyAnswer,
  errorAnswers,
  principalOf,
  type RouteDeps,
} from './route-deps.ts';

const all = '/api/v1/keys';
const tags = ['keys'];
const idPattern = /^[a-z0-9][a-z0-9-]{0,47}$/;
const defaultLimit = 50;
/** A key that nobody renews is one that nobody misses: a year, and a day to renew it. */
const maxLifeMs = 367 * 86_400_000;

/** Programs that may ask, within the ground of whoever gives rights. */
export const addKeyRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addList(app, deps);
  addAdding(app, deps);
  addRemoving(app, deps);
};

const addList = (app: ApiServer, { resources }: RouteDeps): void => {
  app.get(
    all,
    {
      config: { right: 'users.read' },
      schema: {
        ...{ operationId: 'listKeys', summary: 'The keys of the ground, also those that are over', tags },
        querystring: closed({ cursor, limit: limit(200, defaultLimit) }),
        response: { ...answer(KeyPage, 'A page of them, by id.'), ...errorAnswers() },
      },
    },
    (request) => {
      const principal = principalOf(request);
      const { cursor: given, limit: size = defaultLimit } = request.query;
      const mine = resources
        .keys()
        .filter(({ ground }) => isWithin(ground, principal.ground))
        .map(({ id, ground, roles, expires }) => ({ id, ground, roles, expires }));
      return pageOf(mine, ({ id }) => id, parseCursor(given, idPattern), size);
    },
  );
};

const addAdding = (app: ApiServer, { userChanges, clock }: RouteDeps): void => {
  app.post(
    all,
    {
      config: { right: 'users.write' },
      schema: {
        ...{ operationId: 'addKey', summary: 'Makes a key, and shows its secret once', tags },
        description:
          'Good until `expires`, a year ahead at most. A key is not changed: make another, then remove it.',
        ...{ querystring: closed({}), body: closed(keyFacts) },
        response: { 201: { ...refTo(NewKeyView), description: 'Made.' }, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { id, ground, roles, expires } = request.body;
      requireWithin(principalOf(request), ground);
      const now = clock.now();
      if (expires <= now || expires > now + maxLifeMs) {
        throw apiError('request-invalid', `body: expires is ${expires}; it must lie ahead, a year at most`);
      }
      const { shown, keyHash } = createKeySecret(id);
      await userChanges.addKey(request, { id, ground, roles, keyHash, expires });
      reply.code(201).header('Cache-Control', 'no-store');
      return { id, ground, roles, expires, secret: shown };
    },
  );
};

const addRemoving = (app: ApiServer, { store, trail }: RouteDeps): void => {
  app.delete(
    `${all}/:id`,
    {
      config: { right: 'users.write' },
      schema: {
        ...{ operationId: 'removeKey', summary: 'Removes a key; it opens nothing from then on', tags },
        ...{ params: closed({ id: keyFacts.id }), querystring: closed({}) },
        response: { 204: emptyAnswer(204), ...errorAnswers(404, 412) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const stored = await store.get(`keys.${id}`);
      const ground = (stored?.value as { ground?: string } | undefined)?.ground;
      if (!stored || ground === undefined || !isWithin(ground, principalOf(request).ground))
        throw apiError('key-unknown', `there is no key '${id}' in your ground`);
      await trail.done(request, { what: 'resourceRemoved', target: `keys.${id}`, place: ground });
      await store.remove(`keys.${id}`, stored.revision);
      return reply.code(204).send(null);
    },
  );
};
