import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Right } from '../../core/schema/role.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { apiError } from '../errors.ts';
import type { Authenticator } from './authenticator.ts';
import { isLoopbackHost, isLoopbackHostHeader } from './loopback.ts';
import type { Principal } from './principal.ts';
import { sessionTokenOf } from './session-cookie.ts';
import { isCsrfTokenOf } from './session-token.ts';
import type { SignedLinks } from './signed-links.ts';

export interface GuardDeps {
  /** The address the API listens on. */
  host: string;
  authenticator: Authenticator;
  links: SignedLinks;
  trail: AuditTrail;
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before anything else, also before it is known whether the address exists: for this host, and by whom. */
export const addGuard = (
  app: Pick<FastifyInstance, 'addHook' | 'decorateRequest'>,
  { host, authenticator, links, trail }: GuardDeps,
): void => {
  const isLocal = isLoopbackHost(host);
  app.decorateRequest('principal', undefined);
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.right === undefined) throw new TypeError(`the route ${url} does not say what right it takes`);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id);
    if (isLocal && !isLoopbackHostHeader(request.headers.host)) {
      throw apiError('host-forbidden', 'this API serves its own machine; ask it as localhost or 127.0.0.1');
    }
    refuseOtherOrigins(request);
    if (request.routeOptions.config.right === 'public') return;
    request.principal = links.principalOf(request) ?? (await principalOfCookie(request, authenticator));
    if (request.principal) return refuseWithoutRight(request);
    request.principal = await authenticator.authenticate(request.headers.authorization, request.ip);
    if (request.principal.signedInWith !== undefined) trail.signedIn(request);
    refuseWithoutRight(request);
  });
};

/**
 * Whose session the cookie names. It goes before HTTP Basic, which browsers send by themselves too, so that a page's change
 * never gets by without its token; a bearer token is only sent by who means it. Throws `csrf-missing` or `csrf-wrong`.
 */
const principalOfCookie = async (
  request: FastifyRequest,
  authenticator: Authenticator,
): Promise<Principal | undefined> => {
  const token = sessionTokenOf(request);
  if (token === undefined || /^bearer /i.test(request.headers.authorization ?? '')) return undefined;
  const principal = await authenticator.principalOfSession(token);
  if (principal) requireCsrfToken(request, token);
  return principal;
};

/** Every change that comes with the cookie says what only a page of ours was told. Throws `csrf-missing` or `csrf-wrong`. */
export const requireCsrfToken = ({ method, headers }: FastifyRequest, token: string): void => {
  if (readingMethods.has(method)) return;
  const given = headers['x-csrf-token'];
  if (given === undefined || given === '') {
    throw apiError(
      'csrf-missing',
      'a change that comes with the session’s cookie needs the header X-CSRF-Token; GET /api/v1/session tells it',
    );
  }
  if (typeof given === 'string' && isCsrfTokenOf(given, token)) return;
  throw apiError('csrf-wrong', 'X-CSRF-Token is not this session’s; GET /api/v1/session tells it');
};

/** An address that does not exist has no right to ask for: it is answered as unknown, to those who are signed in. */
const refuseWithoutRight = (request: FastifyRequest): void => {
  const { right } = request.routeOptions.config;
  if (right !== undefined && right !== 'anyone' && right !== 'public') requireRight(request, right);
};

/** Who asks. A route that was reached without asking who is refused, not open. */
export const principalOf = (request: FastifyRequest): Principal => {
  if (request.principal) return request.principal;
  throw apiError('not-signed-in', 'nobody is signed in');
};

/** Refuses whoever lacks a right. Throws `right-missing`, naming it. */
export const requireRight = (request: FastifyRequest, right: Right): void => {
  if (principalOf(request).rights.has(right)) return;
  throw apiError('right-missing', `your roles do not include the right ${right}`, { right });
};

/** A page of another origin may not make a browser of ours change anything (cross-site request forgery). */
const refuseOtherOrigins = ({ method, headers }: FastifyRequest): void => {
  const { origin, host, upgrade } = headers;
  // A WebSocket is open to pages of any origin unless the server refuses them.
  const isReading = readingMethods.has(method) && upgrade === undefined;
  if (isReading || origin === undefined) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw apiError('origin-forbidden', 'a page of another origin may not change anything here');
};
