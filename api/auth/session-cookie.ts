import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Resources } from '../../core/resources.ts';
import { isToken } from './session-token.ts';

const name = 'xueliang_session';

/** The token of a request's session cookie; nothing when there is none, or what is no token. */
export const sessionTokenOf = ({ headers, server }: FastifyRequest): string | undefined => {
  if (headers.cookie === undefined) return undefined;
  const cookies = server.parseCookie(headers.cookie);
  const token = Object.hasOwn(cookies, name) ? cookies[name] : undefined;
  return token !== undefined && isToken(token) ? token : undefined;
};

const optionsOf = ({ protocol }: FastifyRequest, { publicAddress }: { publicAddress?: string }) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict' as const,
  // TLS ends at a proxy, which this program does not believe: but a site that is reached over TLS says so.
  secure: protocol === 'https' || publicAddress?.startsWith('https:') === true,
});

/** Gone when the browser is closed, or with the session. */
export const setSessionCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  resources: Pick<Resources, 'site'>,
): void => {
  void reply.setCookie(name, token, optionsOf(request, resources.site()));
};

export const clearSessionCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  resources: Pick<Resources, 'site'>,
): void => {
  void reply.clearCookie(name, optionsOf(request, resources.site()));
};
