import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import type { QuarterCount, QuarterCountQuery } from './statistics.ts';

/** A track that was written twice counts once by its id, as it does for what is normal. */
const selectQuarters = sql`WITH
    counted AS (
      SELECT toStartOfFifteenMinutes(started_at) AS quarter_at, uniqExact(track_id) AS tracks
      FROM xueliang.tracks
      WHERE camera_id = {cameraId:String} AND label = {label:String}
        AND started_at >= fromUnixTimestamp64Milli({from:Int64})
        AND started_at < fromUnixTimestamp64Milli({to:Int64})
      GROUP BY quarter_at
    ),
    watched AS (
      SELECT quarter_at, bitCount(groupBitOr(seen)) AS noted
      FROM xueliang.watched_minutes
      WHERE camera_id = {cameraId:String}
        AND quarter_at >= fromUnixTimestamp(intDiv({from:Int64}, 1000))
        AND quarter_at < fromUnixTimestamp(intDiv({to:Int64}, 1000))
      GROUP BY quarter_at
    )
  SELECT toUnixTimestamp(watched.quarter_at) AS seconds, noted AS minutes, counted.tracks AS count
  FROM watched LEFT JOIN counted ON counted.quarter_at = watched.quarter_at
  ORDER BY seconds
  LIMIT {limit:UInt32}`;

interface Row {
  seconds: number;
  minutes: number | string;
  count: number | string;
}

/** How many tracks began in each quarter of an hour in which a camera was looked at. */
export const queryQuarterCounts = async (
  database: Database,
  query: QuarterCountQuery,
): Promise<QuarterCount[]> => {
  const rows = await database.rows<Row>('counting tracks by quarters', selectQuarters, {
    ...query,
    from: Math.min(query.from, maxInstant),
    to: Math.min(query.to, maxInstant),
  });
  return rows.map(({ seconds, minutes, count }) => ({
    ...{ at: Number(seconds) * 1000, minutes: Number(minutes), count: Number(count) },
  }));
};
