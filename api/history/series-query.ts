import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import type { SeriesPoint, SeriesQuery } from './statistics.ts';

const selectSeries = sql`SELECT
    multiIf(
      {per:String} = 'kind', kind,
      {per:String} = 'severity', severity,
      {per:String} = 'scenario', scenario_id,
      {per:String} = 'township', substring(place, 1, 9),
      {per:String} = 'village', place,
      {per:String} = 'camera', camera_id,
      'all'
    ) AS key,
    toUnixTimestamp(multiIf(
      {by:String} = 'hour', toDateTime(toStartOfHour(raised_at, {timezone:String}), {timezone:String}),
      {by:String} = 'day', toDateTime(toStartOfDay(raised_at, {timezone:String}), {timezone:String}),
      toDateTime(toStartOfMonth(raised_at, {timezone:String}), {timezone:String})
    )) AS seconds,
    count() AS raised,
    countIf(verdict != '') AS judged,
    countIf(verdict = 'falseAlarm') AS falseAlarms,
    countIf(answered_ms > 0) AS answered,
    quantileExactInclusiveIf(0.5)(greatest(0, answered_ms - toUnixTimestamp64Milli(raised_at)), answered_ms > 0) AS answerMs,
    countIf(resolved_ms > 0) AS resolved,
    quantileExactInclusiveIf(0.5)(greatest(0, resolved_ms - toUnixTimestamp64Milli(raised_at)), resolved_ms > 0) AS resolveMs
  FROM xueliang.alerts FINAL
  WHERE is_raised
    AND startsWith(place, {placePrefix:String})
    AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
    AND raised_at < fromUnixTimestamp64Milli({to:Int64})
    AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
    AND (empty({severities:Array(String)}) OR has({severities:Array(String)}, severity))
  GROUP BY key, seconds
  ORDER BY seconds, key
  LIMIT {limit:UInt32}`;

/** Servers give 64-bit numbers as text. */
type Count = number | string;
interface Row {
  key: string;
  seconds: number;
  raised: Count;
  judged: Count;
  falseAlarms: Count;
  answered: Count;
  answerMs: number | null;
  resolved: Count;
  resolveMs: number | null;
}

/** What became of alerts, by when they were raised. */
export const querySeries = async (database: Database, query: SeriesQuery): Promise<SeriesPoint[]> => {
  const rows = await database.rows<Row>('reckoning up a series', selectSeries, {
    ...query,
    from: Math.min(query.from, maxInstant),
    to: Math.min(query.to, maxInstant),
  });
  return rows.map(({ key, seconds, answerMs, resolveMs, ...counts }) => {
    const [answered, resolved] = [Number(counts.answered), Number(counts.resolved)];
    return {
      ...{ key, at: Number(seconds) * 1000, raised: Number(counts.raised), judged: Number(counts.judged) },
      ...{ falseAlarms: Number(counts.falseAlarms), answered, resolved },
      ...(answered === 0 ? {} : { answerMedianMs: Math.round(Number(answerMs)) }),
      ...(resolved === 0 ? {} : { resolveMedianMs: Math.round(Number(resolveMs)) }),
    };
  });
};
