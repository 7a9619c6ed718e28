import type { BusMessage } from '../../core/bus/bus.ts';
import type { Alert, AlertEvent, AlertState } from '../../core/schema/alert.ts';
import type { AuditEntry, AuditRecord, AuditRow, AuditRowsRequest } from '../../core/schema/audit.ts';
import type { Incident } from '../../core/schema/incident.ts';
import type { Label } from '../../core/schema/label.ts';
import type { CrossingDirection, LineCount, LineCountStep } from '../../core/schema/line-count.ts';
import type { LabelNormal } from '../../core/schema/normals.ts';
import type { ObservationChunk } from '../../core/schema/observation-chunk.ts';
import type { ReconciledSpan } from '../../core/schema/reconciliation.ts';
import type { ScenarioKind } from '../../core/schema/scenario.ts';
import type { Severity } from '../../core/schema/severity.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { HistoryStatistics } from './statistics.ts';

/** Which alerts. An empty list does not filter. */
export interface AlertQuery {
  /** Code of the place whose subtree is looked at. */
  placePrefix: string;
  /** Raised at or after, and before; milliseconds. */
  from?: number;
  to?: number;
  scenarioIds: readonly string[];
  kinds: readonly ScenarioKind[];
  severities: readonly Severity[];
  states: readonly AlertState[];
  cameraIds: readonly string[];
  incidentIds?: readonly string[];
  /** Only these. */
  alertIds?: readonly string[];
  /** Only alerts older than this one: where the page before ended. */
  olderThan?: string;
  limit: number;
}

export interface AlertPage {
  /** Newest first. */
  alerts: Alert[];
  hasMore: boolean;
}

/** Which incidents, by the alerts of them that lie in the place's subtree. */
export interface IncidentQuery
  extends Pick<AlertQuery, 'placePrefix' | 'from' | 'to' | 'olderThan' | 'limit'> {
  /** Only those of which something goes on. */
  onlyOpen: boolean;
}

export interface IncidentPage {
  /** Newest first. */
  incidents: Incident[];
  hasMore: boolean;
}

export const trackCountKeys = ['camera', 'place'] as const;
export type TrackCountKey = (typeof trackCountKeys)[number];
export const trackCountBuckets = ['minute', 'hour', 'day', 'all'] as const;
export type TrackCountBucket = (typeof trackCountBuckets)[number];

/** Which tracks are counted, by when they began, and how. */
export interface TrackCountQuery {
  placePrefix: string;
  from: number;
  to: number;
  cameraIds: readonly string[];
  labels: readonly Label[];
  by: TrackCountKey;
  bucket: TrackCountBucket;
  /** In which days and hours begin, an IANA name. */
  timezone: string;
  /** At most this many rows, earliest first. */
  limit: number;
}

export interface TrackCount {
  /** Camera id or place code. */
  key: string;
  label: Label;
  /** Start of the bucket; of the whole span for `all`. */
  at: number;
  count: number;
}

/** Minutes of a quarter of an hour in which a camera was looked at. */
export interface WatchedMinutes {
  cameraId: string;
  /** When the quarter began. */
  quarterAt: number;
  /** Bit n says that its minute n, 0 to 14, was watched: noted twice, it is one minute all the same. */
  seen: number;
}

/** Of which cameras and labels it is asked what is normal. */
export interface NormalsQuery {
  cameraIds: readonly string[];
  labels: readonly Label[];
  /** In which hours of the week are read, an IANA name. */
  timezone: string;
  /** The last four weeks before this count. */
  until: number;
}

/** What is normal on one camera. */
export interface HistoryNormals {
  cameraId: string;
  /** Days on which it was watched. */
  watchedDays: number;
  labels: LabelNormal[];
}

/** Which of a camera's observations, by when its frames arrived. */
export interface ObservationQuery {
  cameraId: string;
  placePrefix: string;
  from: number;
  to: number;
}

/** Which records of the audit log. An empty list does not filter. */
export interface AuditQuery {
  /** Code of the place whose subtree is looked at. */
  placePrefix: string;
  /** Also records that are of no place. */
  withPlaceless: boolean;
  from?: number;
  to?: number;
  who: readonly string[];
  what: readonly AuditEntry['what'][];
  /** What the target begins with. */
  target?: string;
  /** Only records with a smaller number: where the page before ended. */
  olderThan?: number;
  limit: number;
}

export interface AuditPage {
  /** Newest first. */
  records: AuditRecord[];
  hasMore: boolean;
}

/** Which crossings are added up, by the minutes in which they were. */
export interface LineCountQuery {
  placePrefix: string;
  from: number;
  to: number;
  cameraIds: readonly string[];
  lineIds: readonly string[];
  step: LineCountStep;
  /** In which days and hours begin, an IANA name. */
  timezone: string;
  /** At most this many rows, earliest first. */
  limit: number;
}

export interface LineCountSum {
  cameraId: string;
  lineId: string;
  label: Label;
  direction: CrossingDirection;
  /** Begin of the step. */
  at: number;
  count: number;
}

/** How full and how well the history is. */
export interface HistoryStatus {
  backend: 'embedded' | 'server';
  isReachable: boolean;
  sizeBytes: number;
  quotaBytes: number;
  /** Nothing is left to shed: nothing is written until there is room, and the bus keeps what waits. */
  isFull: boolean;
  /** Parts that the engine found damaged and put aside. Their rows are missing here until rebuilt from the bus. */
  damagedParts: number;
  /** Last alert event written, by its place in the bus stream; 0 when none was since the start. */
  lastSequence: number;
}

/** What happened, for as long as it is kept. A projection of the bus: it can be rebuilt. */
export interface History {
  /** Resolves when the alerts' rows are on disk. Writing the same again, in any order, changes nothing. */
  writeAlertEvents(messages: readonly BusMessage<AlertEvent>[]): Promise<void>;
  /** Resolves when the tracks are on disk. Writing the same again changes nothing. */
  writeTracks(rows: readonly TrackRow[]): Promise<void>;
  /** Resolves when they are on disk. Writing the same again changes nothing. */
  writeObservations(chunks: readonly ObservationChunk[]): Promise<void>;
  /** Resolves when the counts are on disk. Writing the same again changes nothing. */
  writeLineCounts(rows: readonly LineCount[]): Promise<void>;
  /** Resolves when the records are on disk, also when the history is full. Writing the same again changes nothing. */
  writeAudit(records: readonly AuditRecord[]): Promise<void>;
  audit(query: AuditQuery): Promise<AuditPage>;
  /** Rows of the audit log as they are, whatever they hold; none: there are no more. */
  auditRows(request: AuditRowsRequest): Promise<AuditRow[]>;
  /** All of the audit log that is kept, the oldest first. */
  auditRecords(): AsyncIterable<AuditRecord>;
  alerts(query: AlertQuery): Promise<AlertPage>;
  /** The alert, when it is there and stands in the place's subtree. */
  alert(alertId: string, placePrefix: string): Promise<Alert | undefined>;
  incidents(query: IncidentQuery): Promise<IncidentPage>;
  /** The incident, when anything of it stands in the place's subtree. */
  incident(incidentId: string, placePrefix: string): Promise<Incident | undefined>;
  /** Adds minutes in which cameras were looked at, whoever noted them; what was added before still counts. */
  writeWatched(rows: readonly WatchedMinutes[]): Promise<void>;
  /** What is normal on cameras; those that were never watched are left out. */
  normals(query: NormalsQuery): Promise<HistoryNormals[]>;
  trackCounts(query: TrackCountQuery): Promise<TrackCount[]>;
  /** What a camera's scenarios saw, in the order in which they did; read from the disk as it is asked for. */
  observations(query: ObservationQuery): AsyncIterable<ObservationChunk>;
  lineCounts(query: LineCountQuery): Promise<LineCountSum[]>;
  readonly statistics: HistoryStatistics;
  /** Which alerts were raised in a span, by the time in their ids, at most `limit`. */
  raisedAlerts(span: ReconciledSpan, limit: number): Promise<{ alertId: string; cameraId: string }[]>;
  status(): HistoryStatus;
  /** Deletes what is past its retention and, above the quota, sheds in the declared order. Runs by itself, too. */
  upkeep(): Promise<void>;
  close(): Promise<void>;
}
