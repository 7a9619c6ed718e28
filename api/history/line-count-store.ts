import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { LineCount } from '../../core/schema/line-count.ts';
import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import type { LineCountQuery, LineCountSum } from './history.ts';
import { sql } from './sql.ts';

/** A count from further ahead comes from a camera whose clock is wrong, and would outlive its retention. */
const maxAheadMs = 86_400_000;
/** Of the columns. */
const maxCount = 0xffffffff;
/** Seconds beyond which the minute's column knows no time. */
const maxMinute = maxCount * 1000;

/** Scenarios that watch the same line count the same crossings: of a step, the one that counted most is right. */
const selectSums = sql`SELECT camera_id AS cameraId, line_id AS lineId, label, direction, seconds, max(sum) AS count
  FROM (
    SELECT
      camera_id, line_id, label, direction, scenario_id, sum(count) AS sum,
      toUnixTimestamp(multiIf(
        {step:String} = 'minute', toStartOfMinute(minute, {timezone:String}),
        {step:String} = 'hour', toStartOfHour(minute, {timezone:String}),
        toDateTime(toStartOfDay(minute, {timezone:String}), {timezone:String})
      )) AS seconds
    FROM xueliang.line_counts FINAL
    WHERE startsWith(place, {placePrefix:String})
      AND minute >= fromUnixTimestamp64Milli({from:Int64})
      AND minute < fromUnixTimestamp64Milli({to:Int64})
      AND (empty({cameraIds:Array(String)}) OR has({cameraIds:Array(String)}, camera_id))
      AND (empty({lineIds:Array(String)}) OR has({lineIds:Array(String)}, line_id))
    GROUP BY camera_id, line_id, label, direction, scenario_id, seconds
  )
  GROUP BY cameraId, lineId, label, direction, seconds
  ORDER BY seconds, cameraId, lineId, label, direction
  LIMIT {limit:UInt32}`;

/** Writes how many crossed lines, and adds it up. */
export class LineCountStore {
  readonly #deps: { database: Database; clock: Clock; log: Logger; metrics: Metrics };

  constructor(deps: { database: Database; clock: Clock; log: Logger; metrics: Metrics }) {
    this.#deps = deps;
  }

  /** Resolves when the rows are on disk. */
  async write(rows: readonly LineCount[]): Promise<void> {
    const { database, clock, log, metrics } = this.#deps;
    const latest = Math.min(clock.now() + maxAheadMs, maxMinute);
    const fit = rows.filter(({ minute }) => minute <= latest);
    await database.insert('xueliang.line_counts', fit.map(toRow));
    const counted = 'Sums of crossings written, and those not kept because they are of the future';
    const tell = (outcome: string, by: number): void =>
      metrics.count('xueliang_api_history_line_counts_total', counted, { outcome }, by);
    tell('written', fit.length);
    if (fit.length === rows.length) return;
    tell('future', rows.length - fit.length);
    log.warn({ service: 'history', rows: rows.length - fit.length }, 'crossings lie in the future; not kept');
  }

  /** Crossings by line, label, direction and time. */
  async sum(query: LineCountQuery): Promise<LineCountSum[]> {
    const rows = await this.#deps.database.rows<Omit<LineCountSum, 'at'> & { seconds: number }>(
      'adding up crossings',
      selectSums,
      { ...query, from: Math.min(query.from, maxInstant), to: Math.min(query.to, maxInstant) },
    );
    return rows.map(({ seconds, count, ...which }) => ({
      ...which,
      at: Number(seconds) * 1000,
      count: Number(count),
    }));
  }
}

const toRow = (row: LineCount) => ({
  place: row.place,
  camera_id: row.cameraId,
  line_id: row.lineId,
  scenario_id: row.scenarioId,
  label: row.label,
  direction: row.direction,
  minute: Math.floor(row.minute / 1000),
  count_id: row.countId,
  count: Math.min(row.count, maxCount),
});
