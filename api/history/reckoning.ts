import type { ReconciledSpan } from '../../core/schema/reconciliation.ts';
import { maxInstant } from './alert-record.ts';
import { queryFalseAlarms } from './alert-statistics-queries.ts';
import type { Database } from './database.ts';
import { queryHourCounts } from './hour-count-query.ts';
import { queryQuarterCounts } from './quarter-count-query.ts';
import { queryResponseTimes } from './response-time-query.ts';
import { querySeries } from './series-query.ts';
import { sql } from './sql.ts';
import type { HistoryStatistics, WatchedQuery, WatchedSum } from './statistics.ts';

const selectRaised = sql`SELECT alert_id AS alertId, camera_id AS cameraId
  FROM xueliang.alerts FINAL
  WHERE is_raised
    AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
    AND raised_at < fromUnixTimestamp64Milli({to:Int64})
  ORDER BY raised_at, alert_id
  LIMIT {limit:UInt32}`;

/** A quarter has fifteen minutes, also when the program was started anew within it and one was noted twice. */
const selectWatched = sql`SELECT cameraId, sum(least(15, noted)) AS minutes
  FROM (
    SELECT camera_id AS cameraId, quarter_at, sum(minutes) AS noted
    FROM xueliang.watched_quarters
    WHERE has({cameraIds:Array(String)}, camera_id)
      AND quarter_at >= fromUnixTimestamp({from:Int64})
      AND quarter_at < fromUnixTimestamp({to:Int64})
    GROUP BY camera_id, quarter_at
  )
  GROUP BY cameraId
  ORDER BY cameraId`;

const selectFirstWatched = sql`SELECT count() AS rows, toUnixTimestamp(min(quarter_at)) AS seconds
  FROM xueliang.watched_quarters`;

/** Latest second that the quarter's column can hold. */
const maxSeconds = 0xffffffff;

/** What the history adds up. */
export class Reckoning implements HistoryStatistics {
  readonly #database: Database;
  readonly responseTimes: HistoryStatistics['responseTimes'];
  readonly falseAlarms: HistoryStatistics['falseAlarms'];
  readonly series: HistoryStatistics['series'];
  readonly hourCounts: HistoryStatistics['hourCounts'];
  readonly quarterCounts: HistoryStatistics['quarterCounts'];

  constructor(database: Database) {
    this.#database = database;
    this.responseTimes = (query) => queryResponseTimes(database, query);
    this.falseAlarms = (query) => queryFalseAlarms(database, query);
    this.series = (query) => querySeries(database, query);
    this.hourCounts = (query) => queryHourCounts(database, query);
    this.quarterCounts = (query) => queryQuarterCounts(database, query);
  }

  async watchedSums({ cameraIds, from, to }: WatchedQuery): Promise<WatchedSum> {
    const [first] = await this.#database.rows<{ rows: number | string; seconds: number }>(
      'looking for the first watched quarter',
      selectFirstWatched,
    );
    if (!first || Number(first.rows) === 0) return { cameras: [] };
    const rows = await this.#database.rows<{ cameraId: string; minutes: number | string }>(
      'adding up watched minutes',
      selectWatched,
      {
        cameraIds,
        from: Math.min(Math.floor(from / 1000), maxSeconds),
        to: Math.min(Math.floor(to / 1000), maxSeconds),
      },
    );
    return {
      since: Number(first.seconds) * 1000,
      cameras: rows.map(({ cameraId, minutes }) => ({ cameraId, minutes: Number(minutes) })),
    };
  }

  /** Which alerts were raised in a span, for comparing. */
  raisedAlerts(
    { from, to }: ReconciledSpan,
    limit: number,
  ): Promise<{ alertId: string; cameraId: string }[]> {
    return this.#database.rows('comparing what was raised', selectRaised, {
      from: Math.min(from, maxInstant),
      to: Math.min(to, maxInstant),
      limit,
    });
  }
}
