import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { AlertId, Instant, ResourceId } from './ids.ts';

const count = Type.Integer({ minimum: 0 });

/** Alerts raised at or after `from` and before `to`, by the time in their ids. */
export const ReconciledSpan = closed({ from: Instant, to: Instant });
export type ReconciledSpan = Static<typeof ReconciledSpan>;

/** Alerts of one span that a site may have and still be reckoned up; an outbox's answer is 27 bytes for each. */
export const maxReconciled = 20_000;

/** What the outboxes of one machine wrote down of a span. */
export const OutboxAccount = closed({
  /** Since when they write it down; undefined when they never did. */
  since: Type.Optional(Instant),
  raised: Type.Array(closed({ cameraId: ResourceId, alertIds: Type.Array(AlertId) })),
  /** Raised and on disk, and not acknowledged by the bus so far. */
  waiting: Type.Array(AlertId),
  damagedLines: count,
  /** There were more than `maxReconciled`. */
  isTruncated: Type.Boolean(),
});
export type OutboxAccount = Static<typeof OutboxAccount>;

/** One of the sources that are compared. */
export const ReconciledSource = closed({
  source: Type.String({ description: '`outbox`, `stream`, `history` or `subscriber <who>`' }),
  expected: Type.Integer({ minimum: 0, description: 'alerts that it must have' }),
  count: Type.Integer({ minimum: 0, description: 'of these, those that it has' }),
  digest: Type.String({ description: 'of the ids that it has: the first 16 digits of a SHA-256' }),
});
export type ReconciledSource = Static<typeof ReconciledSource>;

/** What came of comparing the sources. */
export const Reconciliation = closed({
  from: Instant,
  to: Instant,
  at: Type.Integer({ ...Instant, description: 'when it was compared' }),
  isEqual: Type.Boolean({ description: 'no source lacks an alert, and each could be asked' }),
  sources: Type.Array(ReconciledSource),
  cameras: Type.Array(
    closed({
      cameraId: ResourceId,
      hourAt: Type.Integer({ ...Instant, description: 'begin of the hour (UTC)' }),
      counts: Type.Array(count, { description: 'in the order of `sources`' }),
    }),
    { description: 'by camera and hour, at most 1000' },
  ),
  differences: Type.Array(
    closed({ alertId: AlertId, cameraId: ResourceId, missingFrom: Type.Array(Type.String()) }),
    { description: 'alerts that a source lacks, at most 100' },
  ),
  differing: Type.Integer({ minimum: 0, description: 'how many alerts a source lacks' }),
  waiting: Type.Integer({ minimum: 0, description: 'alerts on their way from an outbox to the bus' }),
  problems: Type.Array(Type.String(), { description: 'why a source could not be asked in full' }),
});
export type Reconciliation = Static<typeof Reconciliation>;
