import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { toUserPrincipal } from '../auth/accounts.ts';
import { requireCsrfToken } from '../auth/guard.ts';
import type { Principal } from '../auth/principal.ts';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from '../auth/session-cookie.ts';
import { toCsrfToken, toSessionId } from '../auth/session-token.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { SessionView } from '../schema/session-view.ts';
import {
  type ApiServer,
  answer,
  emptyAnswer,
  errorAnswers,
  onlyErrorAnswers,
  principalOf,
  type RouteDeps,
} from './route-deps.ts';

const url = '/api/v1/session';
const tags = ['session'];
const Given = closed({
  user: Type.String({ minLength: 1, maxLength: 64 }),
  secret: Type.String({ minLength: 1, maxLength: 256 }),
});

/** Signing in and out with a page. */
export const addSessionRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addSignIn(app, deps);
  addWhoAsks(app, deps);
  addSignOut(app, deps);
};

const addSignIn = (app: ApiServer, deps: RouteDeps): void => {
  const { authenticator, sessions, resources, trail } = deps;
  app.post(
    url,
    {
      config: { right: 'public' },
      schema: {
        operationId: 'signIn',
        summary: 'Begins a session, and sets its cookie',
        description:
          'Over after half an hour in which nothing was asked, after twelve hours, and when the user’s secret, roles or ground change. Of more than eight sessions of a user the oldest ends.',
        ...{ tags, security: [], querystring: closed({}), body: Given },
        response: { ...answer(SessionView, 'Signed in.'), ...errorAnswers() },
      },
    },
    async (request, reply) => {
      const { user: name, secret } = request.body;
      const user = await authenticator.signIn(name, secret, request.ip);
      const deed = { what: 'signedIn', target: `users/${user.id}`, place: user.ground } as const;
      await trail.done(request, deed, user.id);
      // Whoever signs in anew in the same browser leaves nothing behind that could still be used.
      const before = sessionTokenOf(request);
      const left = before === undefined ? undefined : await sessions.use(before);
      if (left) await sessions.end(left.id);
      const { token, id, expiresAt } = await sessions.begin(user);
      setSessionCookie(request, reply, token, resources);
      reply.header('Cache-Control', 'no-store');
      return { ...toView(toUserPrincipal(user, id), resources), csrfToken: toCsrfToken(token), expiresAt };
    },
  );
};

const addWhoAsks = (app: ApiServer, { sessions, resources }: RouteDeps): void => {
  app.get(
    url,
    {
      config: { right: 'anyone' },
      schema: {
        operationId: 'getSession',
        summary: 'Who asks, and what they may do',
        ...{ tags, querystring: closed({}) },
        response: { ...answer(SessionView, 'They.'), ...errorAnswers() },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      reply.header('Cache-Control', 'no-store');
      const token = principal.session === undefined ? undefined : sessionTokenOf(request);
      const session = token === undefined ? undefined : await sessions.use(token);
      if (token === undefined || !session) return toView(principal, resources);
      return { ...toView(principal, resources), csrfToken: toCsrfToken(token), expiresAt: session.expiresAt };
    },
  );
};

const addSignOut = (app: ApiServer, deps: RouteDeps): void => {
  const { authenticator, sessions, resources, trail } = deps;
  app.delete(
    url,
    {
      // A session that is over already can be signed out of: the cookie goes.
      config: { right: 'public' },
      schema: {
        operationId: 'signOut',
        summary: 'Ends the session of the cookie',
        ...{ tags, querystring: closed({}) },
        response: { 204: emptyAnswer(204), ...onlyErrorAnswers(400, 403, 503) },
      },
    },
    async (request, reply) => {
      const token = sessionTokenOf(request);
      const principal = token === undefined ? undefined : await authenticator.principalOfSession(token);
      if (token !== undefined && principal) {
        requireCsrfToken(request, token);
        await noteSignOut(request, principal, trail);
        await sessions.end(toSessionId(token));
      }
      clearSessionCookie(request, reply, resources);
      return reply.code(204).send(null);
    },
  );
};

const noteSignOut = (
  request: FastifyRequest,
  principal: Principal,
  trail: RouteDeps['trail'],
): Promise<void> => {
  request.principal = principal;
  const { id, ground } = principal;
  return trail.done(request, { what: 'signedOut', target: `users/${id}`, place: ground });
};

const toView = ({ id, kind, ground, roles, rights }: Principal, resources: RouteDeps['resources']) => ({
  ...{ id, kind, ground },
  roles: [...roles],
  rights: [...rights],
  timezone: knownTimezone(resources.site().timezone),
});
