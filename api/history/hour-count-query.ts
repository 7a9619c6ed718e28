import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import type { HourCount, HourCountQuery } from './statistics.ts';

const selectHours = sql`SELECT
    multiIf(
      {by:String} = 'kind', kind,
      {by:String} = 'severity', severity,
      {by:String} = 'scenario', scenario_id,
      {by:String} = 'township', substring(place, 1, 9),
      {by:String} = 'village', place,
      {by:String} = 'camera', camera_id,
      'all'
    ) AS key,
    toHour(raised_at, {timezone:String}) AS hour,
    count() AS count
  FROM xueliang.alerts FINAL
  WHERE is_raised
    AND startsWith(place, {placePrefix:String})
    AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
    AND raised_at < fromUnixTimestamp64Milli({to:Int64})
    AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
    AND (empty({severities:Array(String)}) OR has({severities:Array(String)}, severity))
  GROUP BY key, hour
  ORDER BY key, hour
  LIMIT {limit:UInt32}`;

/** In which hours of the day alerts were raised. */
export const queryHourCounts = async (database: Database, query: HourCountQuery): Promise<HourCount[]> => {
  const rows = await database.rows<{ key: string; hour: number; count: number | string }>(
    'counting alerts by hour of the day',
    selectHours,
    { ...query, from: Math.min(query.from, maxInstant), to: Math.min(query.to, maxInstant) },
  );
  return rows.map(({ key, hour, count }) => ({ key, hour: Number(hour), count: Number(count) }));
};
