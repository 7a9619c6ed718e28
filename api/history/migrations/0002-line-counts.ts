import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/** One row for each sum of crossings; a minute may have several, which add up. A sum written twice is one row. */
export const lineCounts: Migration = {
  version: 2,
  name: 'line-counts',
  statements: [
    sql`CREATE TABLE IF NOT EXISTS xueliang.line_counts (
      place LowCardinality(String),
      camera_id LowCardinality(String),
      line_id LowCardinality(String),
      scenario_id LowCardinality(String),
      label LowCardinality(String),
      direction LowCardinality(String),
      minute DateTime('UTC'),
      count_id String,
      count UInt32
    )
    ENGINE = ReplacingMergeTree
    PARTITION BY toYYYYMM(minute)
    ORDER BY (place, camera_id, line_id, minute, scenario_id, label, direction, count_id)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
  ],
};
