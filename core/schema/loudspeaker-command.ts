import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { AlertId, Instant, ResourceId } from './ids.ts';

/** Somebody has a loudspeaker play one of its recordings. */
export const LoudspeakerCommand = closed({
  /** Tells the gateway a repetition. */
  commandId: Type.String({ format: 'uuid', maxLength: 36 }),
  loudspeakerId: ResourceId,
  recording: ResourceId,
  /** Who asks. */
  by: Type.String({ minLength: 1, maxLength: 64 }),
  /** The alert that it is about, whose log says what became of it. */
  alertId: Type.Optional(AlertId),
});
export type LoudspeakerCommand = Static<typeof LoudspeakerCommand>;

/** `accepted`: its gateway said yes. `failed`: it did not. The others say why it was not asked. */
export const commandOutcomes = ['accepted', 'failed', 'quiet-hours', 'hourly-limit'] as const;

/** What became of it. */
export const LoudspeakerAnswer = closed({
  commandId: Type.String({ maxLength: 36 }),
  at: Instant,
  outcome: Type.Enum(commandOutcomes),
  detail: Type.Optional(Type.String({ maxLength: 200 })),
});
export type LoudspeakerAnswer = Static<typeof LoudspeakerAnswer>;
