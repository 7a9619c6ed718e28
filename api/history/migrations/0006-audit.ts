import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/** The audit log, a row a record: columns to ask by, and the record itself as it was chained. */
export const audit: Migration = {
  version: 6,
  name: 'audit',
  statements: [
    sql`CREATE TABLE IF NOT EXISTS xueliang.audit (
      number UInt64,
      at DateTime64(3, 'UTC'),
      who String,
      what LowCardinality(String),
      target String,
      place LowCardinality(String),
      record String CODEC(ZSTD(3))
    )
    ENGINE = ReplacingMergeTree
    PARTITION BY toYYYYMM(at)
    ORDER BY (number, at)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
  ],
};
