import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Instant } from './ids.ts';

const count = Type.Integer({ minimum: 0 });

/** Consumers of a stream that are told, the first by name. */
export const maxToldConsumers = 200;

/** Who reads a stream under a name of their own, and how far behind they are. */
export const ConsumerUsage = closed({
  name: Type.String({ maxLength: 128 }),
  /** Messages that it has not been given yet, and those given and not acknowledged. */
  pending: count,
  unacknowledged: count,
  redelivered: count,
  /** Of the last message that it was given; 0 before the first. */
  sequence: count,
});
export type ConsumerUsage = Static<typeof ConsumerUsage>;

/** How full a bus stream is. */
export const StreamUsage = closed({
  name: Type.String({ maxLength: 64 }),
  messages: count,
  bytes: count,
  maxBytes: count,
  /** 0: messages have no age. */
  maxAgeMs: count,
  /** A full stream refuses what is new, or forgets what is oldest. */
  whenFull: Type.Enum(['refuses', 'forgets']),
  lastSequence: count,
  lastAt: Type.Optional(Instant),
  consumers: Type.Array(ConsumerUsage, { maxItems: maxToldConsumers }),
});
export type StreamUsage = Static<typeof StreamUsage>;
