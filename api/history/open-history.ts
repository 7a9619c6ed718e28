import type { BusMessage } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import type { Alert, AlertEvent } from '../../core/schema/alert.ts';
import type { AuditRecord, AuditRow, AuditRowsRequest } from '../../core/schema/audit.ts';
import type { Incident } from '../../core/schema/incident.ts';
import type { LineCount } from '../../core/schema/line-count.ts';
import type { ObservationChunk } from '../../core/schema/observation-chunk.ts';
import type { ReconciledSpan } from '../../core/schema/reconciliation.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import { ActivityStore } from './activity-store.ts';
import { queryAlert, queryAlerts } from './alert-queries.ts';
import { AlertStore } from './alert-store.ts';
import { AuditStore } from './audit-store.ts';
import type { Database } from './database.ts';
import { historyError } from './errors.ts';
import type {
  AlertPage,
  AlertQuery,
  AuditPage,
  AuditQuery,
  History,
  HistoryNormals,
  HistoryStatus,
  IncidentPage,
  IncidentQuery,
  LineCountQuery,
  LineCountSum,
  NormalsQuery,
  ObservationQuery,
  TrackCount,
  TrackCountQuery,
  WatchedMinutes,
} from './history.ts';
import { queryIncident, queryIncidents } from './incident-queries.ts';
import { LineCountStore } from './line-count-store.ts';
import { migrate } from './migrate.ts';
import { ObservationStore } from './observation-store.ts';
import { openDatabase } from './open-database.ts';
import { Reckoning } from './reckoning.ts';
import { TrackStore } from './track-store.ts';
import { type HistoryLimits, type HistorySize, type NoteRemoval, Upkeep } from './upkeep.ts';

export interface HistoryOptions extends Partial<HistoryLimits> {
  /** Folder of the embedded ClickHouse; one process may own it. Made when it is not there. */
  folder: string;
  /** When set, this ClickHouse server is used instead: `http(s)://user:password@host:port`. */
  url?: string;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  noteRemoval?: NoteRemoval;
}

const day = 86_400_000;
/** A town of 126 cameras writes about 60 MB of tracks (2,000 a camera) and 100 MB of observations a day. */
const defaultLimits: HistoryLimits = {
  quotaBytes: 10 * 1024 ** 3,
  trackRetentionMs: 30 * day,
  observationRetentionMs: 14 * day,
  alertRetentionMs: 730 * day,
  auditRetentionMs: 365 * day,
};
/** The least that the law on logs of who looked at what asks for (GB/T 22239: six months). */
const minAuditRetentionMs = 180 * day;
const upkeepPeriodMs = 10_000;

/**
 * Opens the history: ClickHouse embedded in this process over `folder`, or the server at `url`. Tables are made and
 * brought up to date. Throws `history-locked` (another process owns the folder), `history-corrupt`,
 * `history-too-new`, `history-unavailable`, `history-unauthorised` or `history-settings-invalid`.
 */
export const openHistory = async (options: HistoryOptions): Promise<History> => {
  const { folder, url, clock, log, metrics, noteRemoval } = options;
  const database = await openDatabase({ folder, ...(url === undefined ? {} : { url }) }, clock);
  try {
    await migrate(database, { clock, log });
    const history = new ClickHouseHistory(
      database,
      { clock, log, metrics, ...(noteRemoval ? { noteRemoval } : {}) },
      toLimits(options),
    );
    await history.upkeep();
    history.start();
    log.info({ service: 'history', backend: database.backend }, 'history open');
    return history;
  } catch (error) {
    await database.close();
    throw error;
  }
};

const toLimits = (options: Partial<HistoryLimits>): HistoryLimits => ({
  quotaBytes: options.quotaBytes ?? defaultLimits.quotaBytes,
  trackRetentionMs: options.trackRetentionMs ?? defaultLimits.trackRetentionMs,
  observationRetentionMs:
    options.observationRetentionMs ??
    Math.min(
      defaultLimits.observationRetentionMs,
      options.trackRetentionMs ?? defaultLimits.trackRetentionMs,
    ),
  alertRetentionMs: options.alertRetentionMs ?? defaultLimits.alertRetentionMs,
  auditRetentionMs: Math.max(minAuditRetentionMs, options.auditRetentionMs ?? defaultLimits.auditRetentionMs),
});

class ClickHouseHistory implements History {
  readonly #database: Database;
  readonly #deps: { clock: Clock; log: Logger; metrics: Metrics };
  readonly #limits: HistoryLimits;
  readonly #alerts: AlertStore;
  readonly #tracks: TrackStore;
  readonly #activity: ActivityStore;
  readonly #observations: ObservationStore;
  readonly #lineCounts: LineCountStore;
  readonly #audit: AuditStore;
  readonly statistics: Reckoning;
  readonly #upkeep: Upkeep;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #size: Omit<HistorySize, 'dropped'> = { sizeBytes: 0, isFull: false, damagedParts: 0 };
  #isReachable = true;

  constructor(
    database: Database,
    deps: { clock: Clock; log: Logger; metrics: Metrics; noteRemoval?: NoteRemoval },
    limits: HistoryLimits,
  ) {
    this.#database = database;
    this.#deps = deps;
    this.#limits = limits;
    this.#alerts = new AlertStore({ database, ...deps });
    this.#tracks = new TrackStore({ database, ...deps });
    this.#activity = new ActivityStore(database);
    this.#observations = new ObservationStore({ database, ...deps });
    this.#lineCounts = new LineCountStore({ database, ...deps });
    this.#audit = new AuditStore(database);
    this.statistics = new Reckoning(database);
    this.#upkeep = new Upkeep({ database, ...deps }, limits);
  }

  start(): void {
    this.#running = runEvery(this.#deps.clock, upkeepPeriodMs, this.#stopping.signal, () =>
      this.upkeep().catch((error: unknown) => {
        this.#isReachable = false;
        this.#deps.log.warn({ service: 'history', err: error }, 'upkeep of the history failed');
      }),
    );
  }

  async upkeep(): Promise<void> {
    const { dropped, ...size } = await this.#upkeep.run();
    this.#size = size;
    this.#isReachable = true;
    // What is remembered of deleted rows would be written again with the next event of each.
    if (dropped > 0) this.#alerts.forget();
  }

  async writeAlertEvents(messages: readonly BusMessage<AlertEvent>[]): Promise<void> {
    this.#refuseWhenFull();
    await this.#alerts.write(messages);
  }

  async writeTracks(rows: readonly TrackRow[]): Promise<void> {
    this.#refuseWhenFull();
    await this.#tracks.write(rows);
  }

  async writeWatched(rows: readonly WatchedMinutes[]): Promise<void> {
    this.#refuseWhenFull();
    await this.#activity.write(rows);
  }

  normals(query: NormalsQuery): Promise<HistoryNormals[]> {
    return this.#activity.normals(query);
  }

  async writeObservations(chunks: readonly ObservationChunk[]): Promise<void> {
    this.#refuseWhenFull();
    await this.#observations.write(chunks);
  }

  observations(query: ObservationQuery): AsyncIterable<ObservationChunk> {
    return this.#observations.read(query);
  }

  async writeLineCounts(rows: readonly LineCount[]): Promise<void> {
    this.#refuseWhenFull();
    await this.#lineCounts.write(rows);
  }

  /** Also when the history is full: what it weighs is little, and while it waits nobody may look at anything. */
  async writeAudit(records: readonly AuditRecord[]): Promise<void> {
    await this.#audit.write(records);
  }

  audit(query: AuditQuery): Promise<AuditPage> {
    return this.#audit.page(query);
  }

  auditRows(request: AuditRowsRequest): Promise<AuditRow[]> {
    return this.#audit.rows(request);
  }

  auditRecords(): AsyncIterable<AuditRecord> {
    return this.#audit.all();
  }

  alerts(query: AlertQuery): Promise<AlertPage> {
    return queryAlerts(this.#database, query);
  }

  alert(alertId: string, placePrefix: string): Promise<Alert | undefined> {
    return queryAlert(this.#database, alertId, placePrefix);
  }

  incidents(query: IncidentQuery): Promise<IncidentPage> {
    return queryIncidents(this.#database, query);
  }

  incident(incidentId: string, placePrefix: string): Promise<Incident | undefined> {
    return queryIncident(this.#database, incidentId, placePrefix);
  }

  trackCounts(query: TrackCountQuery): Promise<TrackCount[]> {
    return this.#tracks.count(query);
  }

  lineCounts(query: LineCountQuery): Promise<LineCountSum[]> {
    return this.#lineCounts.sum(query);
  }

  raisedAlerts(span: ReconciledSpan, limit: number): Promise<{ alertId: string; cameraId: string }[]> {
    return this.statistics.raisedAlerts(span, limit);
  }

  status(): HistoryStatus {
    return {
      backend: this.#database.backend,
      isReachable: this.#isReachable,
      ...this.#size,
      quotaBytes: this.#limits.quotaBytes,
      lastSequence: this.#alerts.lastSequence,
    };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#database.close();
  }

  #refuseWhenFull(): void {
    if (!this.#size.isFull) return;
    const { sizeBytes } = this.#size;
    const { quotaBytes } = this.#limits;
    throw historyError(
      'history-full',
      `the history uses ${sizeBytes} of ${quotaBytes} bytes and nothing more may be shed; raise its quota`,
    );
  }
}
