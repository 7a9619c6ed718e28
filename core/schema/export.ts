import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { AlertId, Instant, PlaceCode } from './ids.ts';

/** What evidence may leave the site for. */
export const exportPurposes = [
  'evidenceForAuthority',
  'disposalReview',
  'training',
  'equipmentCheck',
] as const;
export const ExportPurpose = Type.Enum(exportPurposes);
export type ExportPurpose = (typeof exportPurposes)[number];

export const exportKinds = ['alerts', 'hardExamples'] as const;
export const labelFormats = ['yolo', 'coco'] as const;

/** Where an export stands. `expired` is never written down: it follows from the time. */
export const exportStates = ['asked', 'approved', 'refused', 'withdrawn', 'expired'] as const;
export type ExportState = (typeof exportStates)[number];
/** Where somebody brought it. */
export const exportSteps = ['approved', 'refused', 'withdrawn'] as const;
export type ExportStepTo = (typeof exportSteps)[number];

/** A reason as somebody else can judge it. */
const Reason = Type.String({
  minLength: 10,
  maxLength: 500,
  pattern: '^\\S[\\s\\S]*\\S$',
  description: '10 to 500 characters, without spaces around them',
});
const Who = Type.String({ minLength: 1, maxLength: 64 });

export const ExportStep = closed({
  to: Type.Enum(exportSteps),
  by: Who,
  at: Instant,
  why: Type.Optional(Reason),
});
export type ExportStep = Static<typeof ExportStep>;

/** What somebody asks to be let out, and why. */
export const ExportRequest = closed({
  /** `hardExamples`: what the model took for something else, to train the next one; these have labels of a `format`. */
  kind: Type.Enum(exportKinds),
  format: Type.Optional(Type.Enum(labelFormats)),
  purpose: ExportPurpose,
  reason: Reason,
  alertIds: Type.Array(AlertId, { minItems: 1, maxItems: 200, uniqueItems: true }),
});
export type ExportRequest = Static<typeof ExportRequest>;

/** An export as it is registered: who asked for it, and what others said to it. */
export const Export = closed({
  schemaVersion: Type.Literal(1),
  /** A ULID: its first ten characters are the time it was asked for. */
  exportId: AlertId,
  /** The smallest place that holds all its alerts: whoever sees it all sees the export. */
  ground: PlaceCode,
  by: Who,
  at: Instant,
  ...ExportRequest.properties,
  steps: Type.Array(ExportStep, { maxItems: 4 }),
});
export type Export = Static<typeof Export>;

/** What another person says to it. A refusal says why. */
export const ExportApproval = closed({ approve: Type.Boolean(), why: Type.Optional(Reason) });
export type ExportApproval = Static<typeof ExportApproval>;
