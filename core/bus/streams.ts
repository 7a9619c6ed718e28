import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { BusStreamName } from './bus.ts';

export interface StreamLimits {
  /** Bytes that all file streams together may use on disk. */
  quotaBytes: number;
  /** How long finished tracks, counts and observations wait for readers. Alerts have no age. */
  tracksMaxAgeMs: number;
}

const day = 86_400_000;

export const defaultStreamLimits: StreamLimits = { quotaBytes: 2 * 1024 ** 3, tracksMaxAgeMs: 2 * day };

/** Shares of the quota. Alerts are small, and nothing may push them out. */
const alertsShare = 0.7;
/** Of the audit log: some 400 bytes for each look at a picture. */
const auditShare = 0.05;
const tracksShare = 0.1;
/** They wait for the history alone: a day and more of a town of 126 cameras. */
const observationsShare = 0.12;
/** Of counts of crossings: some 200,000 rows of the usual quota. */
const countsShare = 0.03;

/** Three shifts a day for a year, twenty grounds, with the longest of notes every fourth time. */
const handoversBytes = 64 * 1024 ** 2;
export const handoversMaxAgeMs = 365 * day;

/** Alerts fuller than this share of their bytes are an alarm, long before anything is refused. */
export const alertsAlarmShare = 0.7;

/** Longer than any retry of ours, so that a repeated publish is one message. */
const duplicateWindowMs = 10 * 60_000;

/** How long the audit log is kept in its stream; 0: for good. No window may be longer than the age. */
export const auditAge = (maxAgeMs: number): Pick<StreamConfig, 'max_age' | 'duplicate_window'> => ({
  max_age: nanos(maxAgeMs),
  duplicate_window: nanos(maxAgeMs === 0 ? duplicateWindowMs : Math.min(duplicateWindowMs, maxAgeMs)),
});

type Definition = Partial<StreamConfig> & { name: BusStreamName | 'PROBE'; subjects: string[] };

/** The bus streams. `ALERTS` refuses new messages when full rather than forgetting old ones; the outboxes wait. */
export const streamDefinitions = ({ quotaBytes, tracksMaxAgeMs }: StreamLimits): Definition[] => [
  {
    name: 'ALERTS',
    subjects: ['alerts.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_bytes: Math.floor(quotaBytes * alertsShare),
    max_age: 0,
    duplicate_window: nanos(duplicateWindowMs),
    deny_delete: true,
    deny_purge: true,
    allow_direct: true,
  },
  {
    name: 'TRACKS',
    subjects: ['tracks.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_bytes: Math.floor(quotaBytes * tracksShare),
    max_age: nanos(tracksMaxAgeMs),
    duplicate_window: nanos(Math.min(duplicateWindowMs, tracksMaxAgeMs)),
  },
  {
    name: 'OBSERVATIONS',
    subjects: ['observations.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_bytes: Math.floor(quotaBytes * observationsShare),
    max_age: nanos(tracksMaxAgeMs),
    duplicate_window: nanos(Math.min(duplicateWindowMs, tracksMaxAgeMs)),
  },
  {
    name: 'COUNTS',
    subjects: ['counts.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_bytes: Math.floor(quotaBytes * countsShare),
    max_age: nanos(tracksMaxAgeMs),
    duplicate_window: nanos(Math.min(duplicateWindowMs, tracksMaxAgeMs)),
  },
  {
    name: 'AUDIT',
    subjects: ['audit.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_bytes: Math.floor(quotaBytes * auditShare),
    ...auditAge(0),
    deny_delete: true,
    deny_purge: true,
  },
  {
    name: 'HANDOVERS',
    subjects: ['handovers.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_bytes: handoversBytes,
    max_age: nanos(handoversMaxAgeMs),
    duplicate_window: nanos(duplicateWindowMs),
  },
  latestOnly('HEALTH', 'health.>', 64 * 1024 ** 2),
  latestOnly('ROLES', 'roles.>', 4 * 1024 ** 2),
  latestOnly('PROBE', 'probe.>', 1024 ** 2),
];

/**
 * The last message of each subject: what a reader that starts now needs to know. On disk, for a stream in memory is
 * gone when the server is restarted, and nobody would make it again.
 */
const latestOnly = (name: Definition['name'], subject: string, maxBytes: number): Definition => ({
  name,
  subjects: [subject],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.Old,
  max_msgs_per_subject: 1,
  max_bytes: maxBytes,
  max_age: nanos(60_000),
  duplicate_window: nanos(1000),
});
