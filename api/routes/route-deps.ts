import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { Right } from '../../core/schema/role.ts';
import type { UserChanges } from '../accounts/user-changes.ts';
import type { AnswerDesk } from '../answers/answer-desk.ts';
import type { ApiDeps } from '../api-deps.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Principal } from '../auth/principal.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { LinkKind, SignedLinks } from '../auth/signed-links.ts';
import type { ArchiveDesk } from '../exports/archive/archive-desk.ts';
import type { ExportDesk } from '../exports/export-desk.ts';
import type { ExportRegister } from '../exports/export-register.ts';
import type { LayoutDesk } from '../layouts/layout-desk.ts';
import type { AlertHub } from '../live/alert-hub.ts';
import type { LiveRelay } from '../live/live-relay.ts';
import type { LiveStatus } from '../live/live-status.ts';
import type { OpenAlerts } from '../live/open-alerts.ts';
import type { Uploads } from '../pictures/uploads.ts';
import { ErrorBody } from '../schema/error-body.ts';
import { refTo } from '../schema/named.ts';

/** Fastify, with schemas as types. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface RouteDeps extends ApiDeps {
  authenticator: Authenticator;
  sessions: Sessions;
  userChanges: UserChanges;
  trail: AuditTrail;
  live: LiveStatus;
  hub: AlertHub;
  openAlerts: OpenAlerts;
  links: SignedLinks;
  relay: LiveRelay;
  desk: AnswerDesk;
  uploads: Uploads;
  exportRegister: ExportRegister;
  exportDesk: ExportDesk;
  archiveDesk: ArchiveDesk;
  layoutDesk: LayoutDesk;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
  }

  interface FastifyContextConfig {
    /**
     * What whoever asks must be allowed to; `anyone`: it is enough to be signed in; `public`: nobody is asked who they are.
     */
    right?: Right | 'anyone' | 'public';
    /** Which kind of signed address may say who asks, instead of a header. */
    link?: LinkKind;
  }
}

export { principalOf, requireRight } from '../auth/guard.ts';

const descriptions: ReadonlyMap<number, string> = new Map([
  [304, 'It has not changed since the given ETag.'],
  [400, 'Something in the request is wrong; the message names it.'],
  [204, 'Done.'],
  [401, 'Sign in: HTTP Basic, a key, or a session.'],
  [403, 'Not for this host name, this ground or these roles, or a change without the session’s token.'],
  [404, 'Not there, or not in the asker’s ground.'],
  [409, 'Somebody else was first, or it cannot be done in this state; the message says who or what.'],
  [410, 'It was there and has been deleted.'],
  [412, 'It is no longer what you saw.'],
  [416, 'The range lies beyond the end.'],
  [428, 'Say which revision you mean.'],
  [429, 'Too many; come back after `Retry-After`.'],
  [503, 'The bus or the history cannot answer now.'],
  [504, 'Whoever knows does not answer in time.'],
]);

const answersOf = (statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { ...refTo(ErrorBody), description: descriptions.get(status) ?? '' }]),
  );

/** What every route may answer besides its own. */
export const errorAnswers = (...statuses: number[]) => answersOf([400, 401, 403, 429, 503, ...statuses]);

/** The same of a route for nobody in particular: nobody is asked to sign in. */
export const publicErrorAnswers = (...statuses: number[]) => answersOf([400, 403, 429, 503, ...statuses]);

/** What a route answers that fails in these ways alone. */
export const onlyErrorAnswers = (...statuses: number[]) => answersOf(statuses);

/** The usual answer of a route. */
export const answer = <Schema extends TSchema & { $id: string }>(schema: Schema, description: string) => ({
  200: Type.Unsafe<Static<Schema>>({ ...refTo(schema), description }),
});

export const emptyAnswer = (status: number) => Type.Null({ description: descriptions.get(status) ?? '' });
