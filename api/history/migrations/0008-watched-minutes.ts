import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/**
 * A bit for each minute of a quarter of an hour in which a camera was looked at: several processes, and one that is started
 * anew, note the same minute and it counts once. What was added up before becomes as many first minutes; its table stays, empty.
 */
export const watchedMinutes: Migration = {
  version: 8,
  name: 'watched-minutes',
  statements: [
    sql`CREATE TABLE IF NOT EXISTS xueliang.watched_minutes (
      camera_id LowCardinality(String),
      quarter_at DateTime('UTC'),
      seen SimpleAggregateFunction(groupBitOr, UInt16)
    )
    ENGINE = AggregatingMergeTree
    PARTITION BY toYYYYMMDD(quarter_at)
    ORDER BY (camera_id, quarter_at)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
    sql`INSERT INTO xueliang.watched_minutes
      SELECT camera_id, quarter_at, toUInt16(bitShiftLeft(toUInt32(1), least(15, sum(minutes))) - 1)
      FROM xueliang.watched_quarters
      GROUP BY camera_id, quarter_at
      SETTINGS max_partitions_per_insert_block = 0`,
    sql`TRUNCATE TABLE IF EXISTS xueliang.watched_quarters`,
  ],
};
