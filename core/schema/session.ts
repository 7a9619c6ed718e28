import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Instant, ResourceId } from './ids.ts';

/** Somebody who is signed in. The token itself is kept nowhere; this lies under its SHA-256. */
export const StoredSession = closed({
  schemaVersion: Type.Literal(1),
  user: ResourceId,
  /** Of the user's secret, roles and ground at sign-in: when one of them changes, the session is over. */
  userMark: Type.String({ pattern: '^[\\w-]{43}$' }),
  startedAt: Instant,
  /** When something was last asked with it, to the minute. */
  seenAt: Instant,
});
export type StoredSession = Static<typeof StoredSession>;
