import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { PlaceCode, ResourceId } from '../../core/schema/ids.ts';
import type { User } from '../../core/schema/user.ts';
import { requireOther, requireSoundRoles, requireWithin } from '../accounts/account-rules.ts';
import type { StoredUser } from '../accounts/user-changes.ts';
import { rolesOf } from '../auth/accounts.ts';
import { createPasswordHash, createSecret } from '../auth/password-hash.ts';
import { isWithin } from '../auth/principal.ts';
import { requireStrongSecret } from '../auth/secret-strength.ts';
import { apiError } from '../errors.ts';
import { pageOf, parseCursor } from '../http/cursor.ts';
import { grantedRoles, NewSecretView, NewUserView, UserPage, UserView } from '../schema/account-views.ts';
import { refTo } from '../schema/named.ts';
import { cursor, limit } from '../schema/query.ts';
import { expectedRevision } from '../settings/change-setting.ts';
import {
  type ApiServer,
  answer,
  emptyAnswer,
  errorAnswers,
  principalOf,
  type RouteDeps,
} from './route-deps.ts';

const all = '/api/v1/users';
const one = `${all}/:id`;
const tags = ['users'];
const params = closed({ id: ResourceId });
const querystring = closed({});
const GivenSecret = Type.Optional(
  Type.String({ minLength: 12, maxLength: 256, description: 'one is made and shown when left out' }),
);
const defaultLimit = 50;
const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const seen = 'Takes `If-Match` with the revision that is meant.';

/** Who may ask, within the ground of whoever gives rights. */
export const addUserRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addReading(app, deps);
  addAdding(app, deps);
  addChanging(app, deps);
  addNewSecret(app, deps);
  addRemoving(app, deps);
};

/** One outside the asker's ground is not there for them. Throws `user-unknown`. */
const findUser = async (
  { userChanges }: RouteDeps,
  request: FastifyRequest,
  id: string,
): Promise<StoredUser> => {
  const stored = await userChanges.find(id);
  if (stored && isWithin(stored.user.ground, principalOf(request).ground)) return stored;
  throw apiError('user-unknown', `there is no user '${id}' in your ground`);
};

/** As `findUser`, for a change: by somebody else, of the revision that they have seen. */
const findToChange = async (deps: RouteDeps, request: FastifyRequest, id: string): Promise<StoredUser> => {
  const stored = await findUser(deps, request, id);
  requireOther(principalOf(request), id);
  expectedRevision(request, stored.revision);
  return stored;
};

const toView = (user: User, revision: number) => ({
  ...{ id: user.id, ground: user.ground, revision },
  roles: [...rolesOf(user)],
});

/** The secret that was given, if it is strong, or a new one, which is then to be shown. Throws `secret-weak`. */
const toSecret = async (id: string, given: string | undefined) => {
  if (given !== undefined) requireStrongSecret(given, id);
  const secret = given ?? createSecret();
  return {
    passwordHash: await createPasswordHash(secret),
    shown: given === undefined ? { secret } : {},
  };
};

const addReading = (app: ApiServer, deps: RouteDeps): void => {
  const config = { right: 'users.read' } as const;
  app.get(
    all,
    {
      config,
      schema: {
        ...{ operationId: 'listUsers', summary: 'The users of the ground', tags },
        querystring: closed({ cursor, limit: limit(200, defaultLimit) }),
        response: { ...answer(UserPage, 'A page of them, by id.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { ground } = principalOf(request);
      const { cursor: given, limit: size = defaultLimit } = request.query;
      const mine = deps.resources.users().filter((user) => isWithin(user.ground, ground));
      const page = pageOf(mine, ({ id }) => id, parseCursor(given, idPattern), size);
      const stored = await Promise.all(page.items.map(({ id }) => deps.userChanges.find(id)));
      // The bucket is ahead of what is in force by a moment.
      const items = stored.flatMap((found) =>
        found && isWithin(found.user.ground, ground) ? [toView(found.user, found.revision)] : [],
      );
      return { ...page, items };
    },
  );
  app.get(
    one,
    {
      config,
      schema: {
        ...{ operationId: 'getUser', summary: 'A user', tags, params, querystring },
        response: { ...answer(UserView, 'They; `ETag` is the revision.'), ...errorAnswers(404) },
      },
    },
    async (request, reply) => {
      const { user, revision } = await findUser(deps, request, request.params.id);
      reply.header('ETag', `"${revision}"`);
      return toView(user, revision);
    },
  );
};

const addAdding = (app: ApiServer, { userChanges }: RouteDeps): void => {
  app.post(
    all,
    {
      config: { right: 'users.write' },
      schema: {
        ...{ operationId: 'addUser', summary: 'Adds a user', tags, querystring },
        body: closed({ id: ResourceId, ground: PlaceCode, roles: grantedRoles, secret: GivenSecret }),
        response: {
          201: { ...refTo(NewUserView), description: 'Added.' },
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { id, ground, roles, secret } = request.body;
      requireWithin(principalOf(request), ground);
      requireSoundRoles(roles);
      const { passwordHash, shown } = await toSecret(id, secret);
      const user: User = { id, ground, roles, passwordHash };
      const revision = await userChanges.add(request, user);
      reply.code(201).header('ETag', `"${revision}"`).header('Cache-Control', 'no-store');
      return { ...toView(user, revision), ...shown };
    },
  );
};

const addChanging = (app: ApiServer, deps: RouteDeps): void => {
  app.put(
    one,
    {
      config: { right: 'users.write' },
      schema: {
        ...{
          operationId: 'changeUser',
          summary: 'Changes a user’s ground and roles',
          tags,
          params,
          querystring,
        },
        description: `${seen} The user’s sessions end.`,
        body: closed({ ground: PlaceCode, roles: grantedRoles }),
        response: { ...answer(UserView, 'Changed.'), ...errorAnswers(404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { ground, roles } = request.body;
      const { user, revision } = await findToChange(deps, request, request.params.id);
      requireWithin(principalOf(request), ground);
      requireSoundRoles(roles);
      const after: User = { ...user, ground, roles };
      const why = `roles ${rolesOf(user).join(', ')} → ${roles.join(', ')}; ground ${user.ground} → ${ground}`;
      const next = await deps.userChanges.change(request, after, revision, why);
      reply.header('ETag', `"${next}"`);
      return toView(after, next);
    },
  );
};

const addNewSecret = (app: ApiServer, deps: RouteDeps): void => {
  app.post(
    `${one}/secret`,
    {
      config: { right: 'users.write' },
      schema: {
        ...{
          operationId: 'replaceSecret',
          summary: 'Gives a user another secret',
          tags,
          params,
          querystring,
        },
        description: `${seen} The user’s sessions end.`,
        body: closed({ secret: GivenSecret }),
        response: { ...answer(NewSecretView, 'Replaced.'), ...errorAnswers(404, 412, 428) },
      },
    },
    async (request, reply) => {
      const { user, revision } = await findToChange(deps, request, request.params.id);
      const { passwordHash, shown } = await toSecret(user.id, request.body.secret);
      const next = await deps.userChanges.change(request, { ...user, passwordHash }, revision, 'secret');
      reply.header('ETag', `"${next}"`).header('Cache-Control', 'no-store');
      return { revision: next, ...shown };
    },
  );
};

const addRemoving = (app: ApiServer, deps: RouteDeps): void => {
  app.delete(
    one,
    {
      config: { right: 'users.write' },
      schema: {
        ...{ operationId: 'removeUser', summary: 'Removes a user', tags, params, querystring },
        description: `${seen} The user’s sessions end.`,
        response: { 204: emptyAnswer(204), ...errorAnswers(404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      await deps.userChanges.remove(request, await findToChange(deps, request, request.params.id));
      // Whoever is called so next begins with a wall of their own. It is no reason to keep the user.
      await deps.layoutStore.remove(request.params.id).catch(() => undefined);
      return reply.code(204).send(null);
    },
  );
};
