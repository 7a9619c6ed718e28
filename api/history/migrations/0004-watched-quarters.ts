import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/**
 * In how many minutes of each quarter of an hour a camera was looked at, so that a quarter without tracks is told from
 * one without a picture. Minutes are added up, for every start of the program begins counting anew.
 */
export const watchedQuarters: Migration = {
  version: 4,
  name: 'watched-quarters',
  statements: [
    sql`CREATE TABLE IF NOT EXISTS xueliang.watched_quarters (
      camera_id LowCardinality(String),
      quarter_at DateTime('UTC'),
      minutes UInt16
    )
    ENGINE = SummingMergeTree(minutes)
    PARTITION BY toYYYYMMDD(quarter_at)
    ORDER BY (camera_id, quarter_at)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
  ],
};
