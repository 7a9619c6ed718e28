import type { AlertEvent } from '../schema/alert.ts';
import type { AuditRecord, AuditRow, AuditRowsRequest } from '../schema/audit.ts';
import type { Explanation } from '../schema/explanation.ts';
import type { Handover } from '../schema/handover.ts';
import type { CameraStatus, RoleStatus } from '../schema/health.ts';
import type { LineCount } from '../schema/line-count.ts';
import type { LoudspeakerAnswer, LoudspeakerCommand } from '../schema/loudspeaker-command.ts';
import type { ObservationChunk } from '../schema/observation-chunk.ts';
import type { OutboxAccount, ReconciledSpan, Reconciliation } from '../schema/reconciliation.ts';
import type { TrackChunk } from '../schema/track.ts';
import type { WhatIfReport, WhatIfRequest } from '../schema/what-if.ts';
import type { LiveDoor } from './live-door.ts';

/** The bus streams and what travels in each. */
export interface BusPayloads {
  ALERTS: AlertEvent;
  TRACKS: TrackChunk;
  OBSERVATIONS: ObservationChunk;
  COUNTS: LineCount;
  HEALTH: CameraStatus;
  ROLES: RoleStatus;
  AUDIT: AuditRecord;
  HANDOVERS: Handover;
}
export type BusStreamName = keyof BusPayloads;

/** One message as a reader meets it. A payload that does not fit its schema never gets here: it is counted and ended. */
export interface BusMessage<Payload> {
  sequence: number;
  subject: string;
  value: Payload;
}

/** Where a follower begins. */
export type FollowFrom = 'all' | 'new' | 'lastPerSubject' | { sequence: number };

export interface ConsumeOptions<Name extends BusStreamName> {
  stream: Name;
  /** Name of the durable consumer: who reads. */
  durable: string;
  maxBatch: number;
  /** A batch is handed over after this long even when it is not full. */
  maxWaitMs: number;
  signal: AbortSignal;
  /** Acknowledged when it resolves; offered again, after a delay, when it rejects. */
  onBatch(messages: readonly BusMessage<BusPayloads[Name]>[]): Promise<void>;
}

export interface FollowOptions<Name extends BusStreamName> {
  stream: Name;
  from: FollowFrom;
  signal: AbortSignal;
  onMessage(message: BusMessage<BusPayloads[Name]>): void;
  /** Everything that was in the stream when following began has been handed over. */
  onCaughtUp?(): void;
}

/** An alert as the stream says it was raised. */
export interface RaisedOnBus {
  alertId: string;
  cameraId: string;
  sequence: number;
  subject: string;
}

/** How full a bus stream is, and what it lets go of. */
export interface StreamUsage {
  bytes: number;
  maxBytes: number;
  /** Messages older than this are let go; 0: none are. */
  maxAgeMs: number;
  /** Of the newest message it ever had; 0 when it never had one. */
  lastSequence: number;
}

/** Whoever reads alerts durably. */
export interface Subscriber {
  durable: string;
  /** Of which subjects; empty: of all. */
  filters: readonly string[];
  /** Everything up to this sequence is acknowledged. */
  acknowledged: number;
  /** Nothing waits for it, and nothing is unacknowledged. */
  hasAll: boolean;
}

/** Everything the program says to and hears from NATS. */
export interface Bus {
  /**
   * Appends an alert event and resolves when the stream has it. The same event twice is one message. A `raised`
   * event for an alert that is there already is a duplicate, however long ago it was.
   * Throws `bus-unavailable` (kind unavailable) or `bus-refused`.
   */
  appendAlertEvent(event: AlertEvent): Promise<{ sequence: number; isDuplicate: boolean }>;
  /**
   * Appends an event to an alert whose last event is still the one with this sequence. Throws `bus-conflict` when
   * somebody else has written meanwhile.
   */
  appendAlertEventAfter(event: AlertEvent, sequence: number): Promise<{ sequence: number }>;
  /** Every event of one alert, oldest first. */
  eventsOfAlert(alertId: string): Promise<BusMessage<AlertEvent>[]>;
  /** Appends to the audit log, whose last record is still the one with this sequence. Throws `bus-conflict`. */
  appendAudit(record: AuditRecord, sequence: number): Promise<void>;
  /** The last record of the audit log; undefined while there is none. */
  lastAudit(): Promise<BusMessage<AuditRecord> | undefined>;
  /** Records of the audit log older than this are let go from the stream; 0: none are. Throws `bus-unavailable`. */
  limitAuditAge(maxAgeMs: number): Promise<void>;
  /** Answers with rows of the audit log as the history has them, until the returned function is called. */
  answerAuditRows(answer: (request: AuditRowsRequest) => Promise<AuditRow[]>): () => void;
  /** Rows of the audit log as the history has them; nothing when there is no API. Throws `bus-unavailable`. */
  askAuditRows(request: AuditRowsRequest): Promise<AuditRow[] | undefined>;
  /** Appends what one shift tells the next; resolves when the stream has it. */
  appendHandover(handover: Handover): Promise<void>;
  /** What was handed over on a ground since an instant, oldest first. */
  handoversOf(ground: string, sinceMs: number): Promise<BusMessage<Handover>[]>;
  /** Appends finished tracks of a place; resolves when the stream has them. */
  appendTracks(chunk: TrackChunk): Promise<void>;
  /** Appends what a camera's scenarios saw; resolves when the stream has it. */
  appendObservations(chunk: ObservationChunk): Promise<void>;
  /** Appends how many crossed a line in a minute; resolves when the stream has it. */
  appendLineCount(row: LineCount): Promise<void>;
  /** Tells the camera's status; lost when nobody can take it now, for the next one follows within seconds. */
  publishCameraStatus(status: CameraStatus): void;
  publishRoleStatus(status: RoleStatus): void;
  /** Reads as a durable consumer until `signal` aborts. */
  consume<Name extends BusStreamName>(options: ConsumeOptions<Name>): Promise<void>;
  /** Reads in order, remembering nothing, until `signal` aborts; goes on by itself after a reconnect, without a gap. */
  follow<Name extends BusStreamName>(options: FollowOptions<Name>): Promise<void>;
  /** The alert events of one camera over the last thirty days, oldest first, also from before it was moved. */
  alertEventsOf(cameraId: string): Promise<BusMessage<AlertEvent>[]>;
  /** The latest event of an alert, whoever raised it; undefined when the stream has none. */
  latestAlertEvent(alertId: string): Promise<BusMessage<AlertEvent> | undefined>;
  /** What a camera's worker last said of it; undefined when that is longer ago than a minute. */
  latestCameraStatus(place: string, cameraId: string): Promise<CameraStatus | undefined>;
  /** Whether the server still stores what it is told: writes one small message and waits some seconds for its answer. */
  probe(): Promise<boolean>;
  /** How full a bus stream is. Throws `bus-unavailable`. */
  streamUsage(stream: BusStreamName): Promise<StreamUsage>;
  /** Answers whoever gathers metrics with this process's own text. */
  answerMetrics(text: () => Promise<string>): void;
  /** The metric texts of all roles that answer within a moment. */
  gatherMetrics(): Promise<string[]>;
  /** Answers whoever asks about a camera, until the returned function is called: whoever holds it answers for it. */
  answerExplain(cameraId: string, answer: () => Promise<Explanation>): () => void;
  /**
   * What the worker that holds a camera says of its last minutes; nothing when nobody holds it. Throws
   * `explanation-late`, `explanation-unreadable` or `bus-unavailable`.
   */
  explain(cameraId: string): Promise<Explanation | undefined>;
  /** Lets in who asks for a camera's live pictures, until the returned function is called. */
  answerLiveDoor(cameraId: string, letIn: () => LiveDoor): () => void;
  /**
   * Where the worker that holds a camera shows it; nothing when nobody holds it. Throws `door-late`, `door-unreadable`
   * or `bus-unavailable`.
   */
  liveDoor(cameraId: string): Promise<LiveDoor | undefined>;
  /** Answers what would have been alerted to, until the returned function is called. */
  answerWhatIf(answer: (request: WhatIfRequest) => Promise<WhatIfReport>): () => void;
  /**
   * What the API says would have been alerted to; nothing when there is no API. Throws what it throws, `whatif-late`,
   * `whatif-unreadable` or `bus-unavailable`.
   */
  askWhatIf(request: WhatIfRequest): Promise<WhatIfReport | undefined>;
  /** The alerts that the stream says were raised in a span, at most `limit`. Throws `bus-unavailable`. */
  raisedAlerts(span: ReconciledSpan, limit: number): Promise<RaisedOnBus[]>;
  /** Whoever reads alerts durably. Throws `bus-unavailable`. */
  alertSubscribers(): Promise<Subscriber[]>;
  /** Answers what the outboxes of this machine wrote down, until the returned function is called. */
  answerOutboxes(answer: (span: ReconciledSpan) => Promise<OutboxAccount>): () => void;
  /** What the outboxes of all machines that answer wrote down of a span. */
  gatherOutboxes(span: ReconciledSpan): Promise<OutboxAccount[]>;
  /** Answers what comes of comparing where alerts are, until the returned function is called. */
  answerReconcile(answer: (span: ReconciledSpan) => Promise<Reconciliation>): () => void;
  /** What comes of comparing where alerts are; nothing when there is no API. Throws `bus-unavailable`. */
  askReconcile(span: ReconciledSpan): Promise<Reconciliation | undefined>;
  /** Takes commands to loudspeakers, until the returned function is called. */
  answerLoudspeakers(answer: (command: LoudspeakerCommand) => Promise<LoudspeakerAnswer>): () => void;
  /**
   * What became of a command; nothing when nobody said so within five seconds, and then it may have been played.
   * Throws `bus-unavailable`.
   */
  commandLoudspeaker(command: LoudspeakerCommand): Promise<LoudspeakerAnswer | undefined>;
  readonly isConnected: boolean;
  close(): Promise<void>;
}
