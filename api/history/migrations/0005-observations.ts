import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/** One row for each chunk of what a camera's scenarios saw. In the order in which the camera was watched. */
export const observations: Migration = {
  version: 5,
  name: 'observations',
  statements: [
    sql`CREATE TABLE IF NOT EXISTS xueliang.observations (
      place LowCardinality(String),
      camera_id LowCardinality(String),
      run_at DateTime64(3, 'UTC'),
      number UInt32,
      is_last Bool,
      watched_until Nullable(DateTime64(3, 'UTC')),
      began_at DateTime64(3, 'UTC'),
      ended_at DateTime64(3, 'UTC'),
      looks UInt32,
      settings String CODEC(ZSTD(3)),
      data String CODEC(ZSTD(3))
    )
    ENGINE = ReplacingMergeTree
    PARTITION BY toYYYYMMDD(began_at)
    ORDER BY (camera_id, run_at, number)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
  ],
};
