import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { durationUpTo, ResourceId } from './ids.ts';
import { ScheduleSpan } from './schedule.ts';

/** 云广播喊话: a fixed recording from loudspeakers. Automatic at water only. */
export const TalkDown = closed({
  do: Type.Literal('talkDown'),
  loudspeakers: Type.Array(ResourceId, { minItems: 1, maxItems: 16 }),
  recording: ResourceId,
  /** When it stays silent whatever happens. */
  quietHours: Type.Optional(Type.Array(ScheduleSpan, { minItems: 1, maxItems: 16 })),
  /** How often a loudspeaker may speak within an hour; 6 unless said. */
  perHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
});
export type TalkDown = Static<typeof TalkDown>;

export const CallWebhook = closed({ do: Type.Literal('webhook'), webhook: ResourceId });
export type CallWebhook = Static<typeof CallWebhook>;

/** One level up the division tree when nobody has acknowledged the alert by then. */
export const Escalate = closed({ do: Type.Literal('escalate'), after: durationUpTo(7, 'd') });
export type Escalate = Static<typeof Escalate>;

/** What happens when a scenario raises an alert, besides publishing it. */
export const Action = Type.Union([TalkDown, CallWebhook, Escalate]);
export type Action = Static<typeof Action>;

export const actionNames = ['talkDown', 'webhook', 'escalate'] as const;

/**
 * What became of an action. `accepted`: the other side said yes. `failed`: it did not, in all tries. The others say why
 * nothing was tried: the hours, the limit, or that the alert had been taken up or was over by then.
 */
export const actionOutcomes = ['accepted', 'failed', 'quiet-hours', 'hourly-limit', 'not-needed'] as const;
