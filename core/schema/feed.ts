import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { AlertId, Instant, PlaceCode, ResourceId } from './ids.ts';

const count = Type.Integer({ minimum: 0 });

export const feedKinds = ['webhook', 'ga1400'] as const;

/** A feed's name on the bus: whom it serves, behind what kind of thing that is. */
export const FeedId = Type.String({
  pattern: '^(hook|upstream)-[a-z0-9][a-z0-9-]{0,62}$',
  description: 'hook-<webhook> or upstream-<upstream>',
  examples: ['hook-county'],
});

/** What a receiver was not told in the end. The event itself is in `ALERTS`, under its sequence. */
export const DeadLetter = closed({
  feedId: FeedId,
  sequence: Type.Integer({ minimum: 1 }),
  eventId: Type.String({ maxLength: 64 }),
  alertId: AlertId,
  cameraId: ResourceId,
  /** When it was given up. */
  at: Instant,
  attempts: count,
  /** The last failure, as a code of ours and in words. */
  code: Type.String({ maxLength: 64 }),
  reason: Type.String({ maxLength: 200 }),
});
export type DeadLetter = Static<typeof DeadLetter>;

/** How a feed fares. Counts begin with the role's start, but for lag and dead letters. */
export const FeedStatus = closed({
  id: FeedId,
  kind: Type.Enum(feedKinds),
  name: Type.String({ maxLength: 64 }),
  ground: PlaceCode,
  /** Events that it has not been told yet. */
  lag: count,
  delivered: count,
  failures: count,
  lastSuccessAt: Type.Optional(Instant),
  lastFailureAt: Type.Optional(Instant),
  lastFailure: Type.Optional(Type.String({ maxLength: 200 })),
  deadLetters: count,
  /** Dead letters that were dropped because there were too many. */
  lost: count,
});
export type FeedStatus = Static<typeof FeedStatus>;
