import { type Static, Type } from 'typebox';
import { actionNames, actionOutcomes } from './action.ts';
import { closed } from './closed.ts';
import { ClockQuality } from './detection.ts';
import { Box } from './geometry.ts';
import { AlertId, CameraPlace, Instant, PlaceCode, ResourceId } from './ids.ts';
import { Label } from './label.ts';
import { mediums } from './mediums.ts';
import { directions, obstacles, PictureCondition, ScenarioKind } from './scenario.ts';
import { Purpose } from './scenario-base.ts';
import { Severity } from './severity.ts';

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

const count = Type.Integer({ minimum: 0 });
const spanMs = Type.Integer({ minimum: 0 });

/** The numbers behind the alert, so that a screen can say it in words. */
export const AlertFacts = closed({
  label: Type.Optional(Label),
  count: Type.Optional(count),
  limitCount: Type.Optional(count),
  dwellMs: spanMs,
  limitDwellMs: spanMs,
  /** It stood there when watching began: nobody saw it come. */
  stoodAtStart: Type.Optional(Type.Boolean()),
  /** Which way a line was crossed. */
  direction: Type.Optional(Type.Enum(directions)),
  /** How far something went (against its lane, or from where it began), in hundredths of the picture's height. */
  distance: Type.Optional(count),
  obstacle: Type.Optional(Type.Enum(obstacles)),
  /** Where in the picture, when it is about nothing that the model knows. */
  box: Type.Optional(Box),
  condition: Type.Optional(PictureCondition),
  /** Looks with signs of fire or smoke, and how much it grew, in hundredths of what it was. */
  hits: Type.Optional(count),
  limitHits: Type.Optional(count),
  growth: Type.Optional(count),
  /** What is usual at this hour: nine quarters of an hour in ten lie between. */
  usualLow: Type.Optional(Type.Number({ minimum: 0 })),
  usualHigh: Type.Optional(Type.Number({ minimum: 0 })),
  /** How many cameras it is about, and how many there are of the place. */
  cameras: Type.Optional(count),
  limitCameras: Type.Optional(count),
  /** The alerts that a composite one is made of. */
  parts: Type.Optional(Type.Array(AlertId, { maxItems: 64 })),
});
export type AlertFacts = Static<typeof AlertFacts>;

export const RaisedAlert = closed({
  alertId: AlertId,
  siteId: ResourceId,
  cameraId: ResourceId,
  cameraName: Type.String({ maxLength: 64 }),
  /** The other cameras that it is about, if there are any. */
  otherCameras: Type.Optional(Type.Array(ResourceId, { maxItems: 1000 })),
  place: CameraPlace,
  scenarioId: ResourceId,
  scenarioName: Type.String({ maxLength: 64 }),
  kind: ScenarioKind,
  severity: Severity,
  purpose: Type.Optional(Purpose),
  /** Where in the picture, for the kinds that look at a part of it. */
  zoneId: Type.Optional(ResourceId),
  lineId: Type.Optional(ResourceId),
  startedAt: Instant,
  capturedAt: Instant,
  clockQuality: ClockQuality,
  receivedAt: Instant,
  raisedAt: Instant,
  /** Whose detections it rests on, where it rests on any. */
  modelId: Type.Optional(Type.String({ maxLength: 64 })),
  facts: AlertFacts,
  objects: Type.Array(AlertObject, { maxItems: 100 }),
});
export type RaisedAlert = Static<typeof RaisedAlert>;

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

/** A picture that somebody took on the spot: before and after it was dealt with. */
export const pictureMoments = ['before', 'after'] as const;
export const PictureMoment = Type.Enum(pictureMoments);
export type PictureMoment = (typeof pictureMoments)[number];

/** A picture in the evidence store, a JPEG. Its path follows from the alert id and its hash alone. */
export const PictureItem = closed({
  /** Its number among the alert's pictures, from 1. */
  n: Type.Integer({ minimum: 1, maximum: 64 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  sizeBytes: Type.Integer({ minimum: 0 }),
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
});
export type PictureItem = Static<typeof PictureItem>;

/** Why an alert was none, from a closed list, so that the causes can be counted. */
export const falseAlarmReasons = [
  'animal',
  'weather',
  'light',
  'ownStaff',
  'permitted',
  'detectorMistook',
  'zoneWrong',
  'other',
] as const;
export const FalseAlarmReason = Type.Enum(falseAlarmReasons);

/** An id of a user or service account, or `responder:<id>`; never a person's name. */
const UserId = Type.String({ minLength: 1, maxLength: 80 });

const stepDetails = {
  why: Type.Optional(Type.String({ maxLength: 500 })),
  /** To whom it was dispatched. */
  responder: Type.Optional(ResourceId),
  /** Which alert it is a duplicate of. */
  duplicateOf: Type.Optional(AlertId),
  reason: Type.Optional(FalseAlarmReason),
};

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
  /** The situation has grown: what is known of it now. */
  closed({ ...eventBase, type: Type.Literal('updated'), facts: AlertFacts, capturedAt: Instant }),
  closed({ ...eventBase, type: Type.Literal('ended'), endedAt: Instant }),
  /** It began again before its cool-down was over: the same situation, the same alert. */
  closed({ ...eventBase, type: Type.Literal('resumed'), capturedAt: Instant, facts: AlertFacts }),
  /** It belongs together with other alerts. */
  closed({ ...eventBase, type: Type.Literal('joined'), incidentId: AlertId }),
  closed({
    ...eventBase,
    type: Type.Literal('acted'),
    action: Type.Enum(actionNames),
    /** The loudspeaker or webhook, or the place that it was escalated to. */
    target: Type.String({ minLength: 1, maxLength: 64 }),
    outcome: Type.Enum(actionOutcomes),
    detail: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  closed({
    ...eventBase,
    type: Type.Literal('escalated'),
    to: PlaceCode,
    why: Type.String({ maxLength: 200 }),
  }),
  closed({ ...eventBase, type: Type.Literal('transition'), to: AlertState, by: UserId, ...stepDetails }),
  closed({
    ...eventBase,
    type: Type.Literal('commented'),
    by: UserId,
    text: Type.String({ minLength: 1, maxLength: 2000 }),
  }),
  closed({
    ...eventBase,
    type: Type.Literal('pictureAdded'),
    by: UserId,
    when: PictureMoment,
    item: PictureItem,
  }),
  closed({
    ...eventBase,
    type: Type.Literal('pictureDeleted'),
    sha256: PictureItem.properties.sha256,
    reason: Type.String({ maxLength: 200 }),
  }),
]);
export type AlertEvent = Static<typeof AlertEvent>;

export const AlertStep = closed({
  state: AlertState,
  at: Instant,
  by: Type.Optional(UserId),
  ...stepDetails,
});
export type AlertStep = Static<typeof AlertStep>;

export const AlertComment = closed({ at: Instant, by: UserId, text: Type.String({ maxLength: 2000 }) });

/** A picture from the spot as the alert knows it; `deleted` says why its file is gone. */
export const AlertPicture = closed({
  ...PictureItem.properties,
  when: PictureMoment,
  at: Instant,
  by: UserId,
  deleted: Type.Optional(Type.String({ maxLength: 200 })),
});
export type AlertPicture = Static<typeof AlertPicture>;

/** A medium's state as the screen needs it. */
export const MediumState = Type.Union([
  closed({ state: Type.Literal('pending') }),
  closed({ state: Type.Literal('ready'), item: EvidenceItem }),
  closed({ state: Type.Literal('missing'), reason: Type.String() }),
  closed({ state: Type.Literal('deleted'), reason: Type.String() }),
]);
export type MediumState = Static<typeof MediumState>;

/** What was tried for an alert, and what became of it. */
export const AlertAction = closed({
  at: Instant,
  action: Type.Enum(actionNames),
  target: Type.String({ maxLength: 64 }),
  outcome: Type.Enum(actionOutcomes),
  detail: Type.Optional(Type.String({ maxLength: 200 })),
});

/** The alert as all its events together say it is. */
export const Alert = closed({
  ...RaisedAlert.properties,
  state: AlertState,
  steps: Type.Array(AlertStep),
  comments: Type.Array(AlertComment, { maxItems: 256 }),
  snapshot: MediumState,
  clip: MediumState,
  /** From the spot, by their numbers. */
  pictures: Type.Optional(Type.Array(AlertPicture, { maxItems: 64 })),
  endedAt: Type.Optional(Instant),
  /** How often it began again within its cool-down. */
  resumptions: Type.Integer({ minimum: 0 }),
  /** Capture time at which it began again last. */
  resumedAt: Type.Optional(Instant),
  /** How often its facts were updated, and the capture time of the last ones. */
  updates: Type.Integer({ minimum: 0 }),
  updatedAt: Type.Optional(Instant),
  /** The alert that the incident began with. */
  incidentId: Type.Optional(AlertId),
  actions: Type.Array(AlertAction, { maxItems: 256 }),
  /** The place whose duty it has become, when nobody below took it up in time. */
  escalatedTo: Type.Optional(PlaceCode),
  /** Sequence in the bus stream of the last event taken in. */
  lastSequence: Type.Integer({ minimum: 0 }),
});
export type Alert = Static<typeof Alert>;
