import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Instant, PlaceCode } from './ids.ts';

/** What is written down about who did what: every look at a picture, every export, every change, every refusal, and what time or room has taken away. */
export const auditVerbs = [
  'evidenceSeen',
  'liveSeen',
  'answerLinkSeen',
  'exportAsked',
  'exportApproved',
  'exportRefused',
  'exportWithdrawn',
  'exportFetched',
  'alertStepped',
  'alertCommented',
  'pictureAdded',
  'pictureSeen',
  'resourceWritten',
  'resourceRemoved',
  'signedIn',
  'signedOut',
  'signInRefused',
  'rightRefused',
  'loudspeakerCommanded',
  'deadLettersRetried',
  'historyRemoved',
  'archiveRemoved',
] as const;

export const AuditEntry = closed({
  at: Instant,
  /** Id of a user, key or role of the program, or `responder:<id>`. */
  who: Type.String({ minLength: 1, maxLength: 80 }),
  what: Type.Enum(auditVerbs),
  /** What it was done to: `alerts/<id>/clip`, `cameras/gate-1`. */
  target: Type.String({ minLength: 1, maxLength: 200 }),
  /** Where it lies, if anywhere. */
  place: Type.Optional(PlaceCode),
  why: Type.Optional(Type.String({ maxLength: 500 })),
  /** What it came to: the state that a step led to. */
  to: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** From where it was asked, and under which number the log has the request. */
  address: Type.Optional(Type.String({ maxLength: 64 })),
  requestId: Type.Optional(Type.String({ maxLength: 64 })),
});
export type AuditEntry = Static<typeof AuditEntry>;

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** An entry in its chain: its hash covers all of it and the hash of the one before. */
export const AuditRecord = closed({
  schemaVersion: Type.Literal(1),
  /** 1 for the first, then without a gap. */
  number: Type.Integer({ minimum: 1 }),
  previous: Sha256,
  entry: AuditEntry,
  hash: Sha256,
});
export type AuditRecord = Static<typeof AuditRecord>;

/** A record as the history keeps it: what it is asked by, and the record itself as text. */
export const AuditRow = closed({
  number: Type.Integer({ minimum: 0 }),
  at: Type.Integer(),
  who: Type.String(),
  what: Type.String(),
  target: Type.String(),
  place: Type.String(),
  record: Type.String(),
});
export type AuditRow = Static<typeof AuditRow>;

/** Which rows: those after a number, the lowest first, or the newest alone. */
export const AuditRowsRequest = closed({
  after: Type.Integer({ minimum: 0 }),
  isNewest: Type.Optional(Type.Boolean()),
});
export type AuditRowsRequest = Static<typeof AuditRowsRequest>;

/** The chain's head at a moment, kept where nobody who runs the program can change it. */
export const AuditAnchor = closed({ at: Instant, number: Type.Integer({ minimum: 0 }), hash: Sha256 });
export type AuditAnchor = Static<typeof AuditAnchor>;
