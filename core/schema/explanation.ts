import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Detection } from './detection.ts';
import { explainedMinutes, maxScenarios, maxTierChanges } from './explanation-bounds.ts';
import { CameraStatus, Tier } from './health.ts';
import { AlertId, CameraPlace, Instant, ResourceId } from './ids.ts';
import { Label } from './label.ts';
import { ScenarioKind } from './scenario.ts';

/** Why more of a camera was decoded than a keyframe a second. */
export const wakeReasons = ['opened', 'picture-changed', 'scenario', 'long-gop'] as const;
export const WakeReason = Type.Enum(wakeReasons);
export type WakeReason = (typeof wakeReasons)[number];

/** `quiet`: nothing asked for more any longer. */
export const TierChange = closed({
  at: Instant,
  tier: Tier,
  reason: Type.Enum([...wakeReasons, 'quiet'] as const),
});
export type TierChange = Static<typeof TierChange>;

const count = Type.Integer({ minimum: 0 });
const spanMs = Type.Integer({ minimum: 0 });
/** To the hundredth. */
const ratio = Type.Number({ minimum: 0 });

/** What became of a camera's frames in one minute, and what that cost. The present minute is not over yet. */
export const ExplainedMinute = closed({
  from: Instant,
  /** Time in each tier, and time without a picture. */
  awakeMs: spanMs,
  dormantMs: spanMs,
  blindMs: spanMs,
  /** How long each reason to decode held; they overlap. */
  wokenMs: closed({ opened: spanMs, 'picture-changed': spanMs, scenario: spanMs, 'long-gop': spanMs }),
  received: count,
  decoded: count,
  /** Frames that the detector looked at, and the boxes in them that were sure enough to begin a track. */
  inferred: count,
  detections: count,
  dropped: CameraStatus.properties.dropped,
  /** Cores that reading, decoding and detecting took. */
  costCores: Type.Number({ minimum: 0 }),
});
export type ExplainedMinute = Static<typeof ExplainedMinute>;

export const suppressions = [
  'situation-open',
  'known-vehicle',
  'too-many-open',
  'traffic-jam',
  'stood-at-start',
] as const;

/** One thing that a scenario lacks. What is counted says how much there is and how much it takes. */
export const Missing = Type.Union([
  /** No frame was looked at yet, or none lately. */
  closed({ what: Type.Literal('frames') }),
  closed({ what: Type.Literal('schedule'), nextAt: Type.Optional(Instant) }),
  closed({ what: Type.Literal('nobody'), labels: Type.Array(Label, { maxItems: 16 }) }),
  /** Something is there that was seen too rarely to be believed. */
  closed({ what: Type.Literal('unconfirmed') }),
  closed({ what: Type.Literal('standstill'), label: Label }),
  closed({ what: Type.Literal('count'), have: count, need: count }),
  closed({ what: Type.Literal('dwell'), haveMs: spanMs, needMs: spanMs, label: Type.Optional(Label) }),
  /** How far something went of what it takes, in heights of the picture. */
  closed({ what: Type.Literal('distance'), have: ratio, need: ratio, label: Type.Optional(Label) }),
  /** It is further from where it was a dwell time ago than that, both in heights of its own box. */
  closed({ what: Type.Literal('roaming'), have: ratio, limit: ratio, label: Type.Optional(Label) }),
  closed({ what: Type.Literal('crossings'), have: count, need: count }),
  /** Somebody is beside the vehicle, and until he leaves its dwell does not go on. */
  closed({ what: Type.Literal('attended'), label: Label }),
  /** By the pictures themselves nothing lies there that was not there before. */
  closed({ what: Type.Literal('novelty') }),
  /** Enough of everything, but it was not seen in the very last frame. */
  closed({ what: Type.Literal('sight') }),
  /** The model knows none of these classes: the scenario does not watch. */
  closed({
    what: Type.Literal('model'),
    labels: Type.Array(Label, { maxItems: 16 }),
    modelId: Type.String({ maxLength: 64 }),
  }),
  /** Of the last looks, those that showed what is wanted. */
  closed({ what: Type.Literal('looks'), have: count, need: count }),
  /** How large it is now, in hundredths of what it was at first. */
  closed({ what: Type.Literal('growth'), have: count, need: count }),
  /** Days on which the camera was watched, of those that it takes to call anything normal. */
  closed({ what: Type.Literal('history'), haveDays: count, needDays: count }),
  /** Too little is known of this hour of the week. */
  closed({ what: Type.Literal('hour'), label: Label }),
  /** Nothing unusual: what this quarter of an hour has so far, what is usual, and where alerts begin. */
  closed({
    what: Type.Literal('activity'),
    label: Label,
    have: count,
    usualLow: count,
    usualHigh: count,
    above: Type.Optional(count),
    below: Type.Optional(count),
  }),
  closed({
    what: Type.Literal('suppressed'),
    why: Type.Enum(suppressions),
    by: Type.Optional(AlertId),
  }),
]);
export type Missing = Static<typeof Missing>;

export const watchStates = ['off-duty', 'idle', 'building', 'open', 'suppressed'] as const;

/** How near a scenario is to an alert. `suppressed`: it would raise one if there were not a reason against it. */
export const WatchState = Type.Enum(watchStates);
export type WatchState = (typeof watchStates)[number];

export const ScenarioExplanation = closed({
  scenarioId: ResourceId,
  name: Type.String({ maxLength: 64 }),
  kind: ScenarioKind,
  /** Where in the picture, for the kinds that look at a part of it. */
  zoneId: Type.Optional(ResourceId),
  isOnDuty: Type.Boolean(),
  state: WatchState,
  missing: Type.Array(Missing, { maxItems: 4 }),
});
export type ScenarioExplanation = Static<typeof ScenarioExplanation>;

/** Why there is no alert now, the first that holds; `alerting`: there is one. */
export const verdictCauses = [
  'off',
  'lost',
  'not-connected',
  'thread-silent',
  'no-scenario',
  'alerting',
  'off-duty',
  'no-frames',
  'overloaded',
  'suppressed',
  'building',
  'bad-picture',
  'nothing-seen',
  'nothing-in-zone',
] as const;
export const VerdictCause = Type.Enum(verdictCauses, {
  description: 'why there is no alert now: the first cause that holds',
});
export type VerdictCause = (typeof verdictCauses)[number];

/** What a camera costs, and why it is silent: the last minutes of it as its worker knows them. */
export const Explanation = closed({
  cameraId: ResourceId,
  cameraName: Type.String({ maxLength: 64 }),
  place: CameraPlace,
  workerId: ResourceId,
  at: Instant,
  /** In which schedules are read. */
  timezone: Type.String({ maxLength: 64 }),
  modelId: Type.String({ maxLength: 64 }),
  verdict: VerdictCause,
  status: CameraStatus,
  /** Oldest first; a minute of which nothing is known is left out. */
  minutes: Type.Array(ExplainedMinute, { maxItems: explainedMinutes }),
  /** Oldest first. */
  tierChanges: Type.Array(TierChange, { maxItems: maxTierChanges }),
  /** When the detector last looked at a frame. */
  lookedAt: Type.Optional(Instant),
  /** The surest of the last frame in which one was sure enough. */
  lastDetection: Type.Optional(closed({ ...Detection.properties, at: Instant })),
  lastTrack: Type.Optional(
    closed({
      label: Label,
      startedAt: Instant,
      seenAt: Instant,
      isConfirmed: Type.Boolean(),
      stillMs: spanMs,
    }),
  ),
  scenarios: Type.Array(ScenarioExplanation, { maxItems: maxScenarios }),
});
export type Explanation = Static<typeof Explanation>;
