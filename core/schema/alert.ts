import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { ClockQuality } from './detection.ts';
import { Box } from './geometry.ts';
import { AlertId, CameraPlace, Instant, ResourceId } from './ids.ts';
import { Label } from './label.ts';
import { Purpose, ScenarioKind, Severity } from './scenario.ts';

export const alertStates = [
  'raised',
  'acknowledged',
  'dispatched',
  'onScene',
  'resolved',
  'falseAlarm',
  'duplicate',
  'reviewed',
  'closed',
] as const;
export const AlertState = Type.Enum(alertStates);
export type AlertState = (typeof alertStates)[number];

/** What was in the picture when the alert was raised: for drawing, not for knowing anybody. */
export const AlertObject = closed({
  trackId: Type.String({ maxLength: 96 }),
  label: Label,
  score: Type.Number({ minimum: 0, maximum: 1 }),
  box: Box,
});
export type AlertObject = Static<typeof AlertObject>;

/** The numbers behind the alert, so that a screen can say it in words. */
export const AlertFacts = closed({
  label: Type.Optional(Label),
  count: Type.Optional(Type.Integer({ minimum: 0 })),
  limitCount: Type.Optional(Type.Integer({ minimum: 0 })),
  dwellMs: Type.Integer({ minimum: 0 }),
  limitDwellMs: Type.Integer({ minimum: 0 }),
  /** It stood there when watching began: nobody saw it come. */
  stoodAtStart: Type.Optional(Type.Boolean()),
});
export type AlertFacts = Static<typeof AlertFacts>;

export const RaisedAlert = closed({
  alertId: AlertId,
  siteId: ResourceId,
  cameraId: ResourceId,
  cameraName: Type.String({ maxLength: 64 }),
  place: CameraPlace,
  scenarioId: ResourceId,
  scenarioName: Type.String({ maxLength: 64 }),
  kind: ScenarioKind,
  severity: Severity,
  purpose: Type.Optional(Purpose),
  zoneId: ResourceId,
  startedAt: Instant,
  capturedAt: Instant,
  clockQuality: ClockQuality,
  receivedAt: Instant,
  raisedAt: Instant,
  modelId: Type.String({ maxLength: 64 }),
  facts: AlertFacts,
  objects: Type.Array(AlertObject, { maxItems: 100 }),
});
export type RaisedAlert = Static<typeof RaisedAlert>;

export const mediums = ['snapshot', 'clip'] as const;
export const Medium = Type.Enum(mediums);
export type Medium = (typeof mediums)[number];

/** A picture or clip in the evidence store. Its path follows from the alert id and the medium alone. */
export const EvidenceItem = closed({
  medium: Medium,
  sizeBytes: Type.Integer({ minimum: 0 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
  /** Clips only. */
  codec: Type.Optional(Type.Enum(['h264', 'h265'])),
  startedAt: Type.Optional(Instant),
  durationMs: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Whether every current browser plays it as it is (H.264 yes, H.265 no). */
  isPlayable: Type.Optional(Type.Boolean()),
  /** The ring no longer or not yet held the whole span asked for. */
  isShortened: Type.Optional(Type.Boolean()),
});
export type EvidenceItem = Static<typeof EvidenceItem>;

const eventBase = {
  schemaVersion: Type.Literal(1),
  /** `<alertId>.<what>`: the same event has the same id however often it is sent. */
  eventId: Type.String({ minLength: 28, maxLength: 64 }),
  alertId: AlertId,
  cameraId: ResourceId,
  place: CameraPlace,
  at: Instant,
};

export const AlertEvent = Type.Union([
  closed({ ...eventBase, type: Type.Literal('raised'), alert: RaisedAlert }),
  closed({ ...eventBase, type: Type.Literal('mediaReady'), item: EvidenceItem }),
  closed({
    ...eventBase,
    type: Type.Literal('mediaMissing'),
    medium: Medium,
    reason: Type.String({ maxLength: 200 }),
  }),
  closed({
    ...eventBase,
    type: Type.Literal('mediaDeleted'),
    medium: Medium,
    reason: Type.String({ maxLength: 200 }),
  }),
  closed({ ...eventBase, type: Type.Literal('ended'), endedAt: Instant }),
  closed({
    ...eventBase,
    type: Type.Literal('transition'),
    to: AlertState,
    by: Type.String({ minLength: 1, maxLength: 64 }),
    why: Type.Optional(Type.String({ maxLength: 500 })),
  }),
]);
export type AlertEvent = Static<typeof AlertEvent>;

export const AlertStep = closed({
  state: AlertState,
  at: Instant,
  by: Type.Optional(Type.String({ maxLength: 64 })),
  why: Type.Optional(Type.String({ maxLength: 500 })),
});

/** A medium's state as the screen needs it. */
export const MediumState = Type.Union([
  closed({ state: Type.Literal('pending') }),
  closed({ state: Type.Literal('ready'), item: EvidenceItem }),
  closed({ state: Type.Literal('missing'), reason: Type.String() }),
  closed({ state: Type.Literal('deleted'), reason: Type.String() }),
]);
export type MediumState = Static<typeof MediumState>;

/** The alert as all its events together say it is. */
export const Alert = closed({
  ...RaisedAlert.properties,
  state: AlertState,
  steps: Type.Array(AlertStep),
  snapshot: MediumState,
  clip: MediumState,
  endedAt: Type.Optional(Instant),
  /** Sequence in the bus stream of the last event taken in. */
  lastSequence: Type.Integer({ minimum: 0 }),
});
export type Alert = Static<typeof Alert>;
