import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { AlertId, Instant, ResourceId } from './ids.ts';

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/**
 * An answer link: what a responder was sent for one dispatch. The token itself is kept nowhere; this lies under its hash.
 */
export const AnswerLink = closed({
  schemaVersion: Type.Literal(1),
  alertId: AlertId,
  responder: ResourceId,
  /** The instant of the step that it was made for: a later dispatch ends it. */
  dispatchedAt: Instant,
  expiresAt: Instant,
  /** Hash of the secret that the telephone got which opened it first; nobody else may use it. */
  phone: Type.Optional(Sha256),
  openedAt: Type.Optional(Instant),
  acceptedAt: Type.Optional(Instant),
});
export type AnswerLink = Static<typeof AnswerLink>;

/** What the `alerts` role is asked to tell a responder's webhook. It passes through memory alone. */
export const AnswerCall = closed({
  /** The same however often it is told: of the link, and no way back to its token. */
  callId: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  alertId: AlertId,
  responder: ResourceId,
  webhook: ResourceId,
  /** The whole address, with its token. */
  url: Type.String({ minLength: 10, maxLength: 512 }),
  expiresAt: Instant,
});
export type AnswerCall = Static<typeof AnswerCall>;
