import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/**
 * One row per alert and one per track, whatever is written twice: both tables replace by key. `raised_at` is the time
 * in the alert's id, so that it is known before the `raised` event is. Parts are written through to the disk before
 * an insert returns, for what the bus hears acknowledged must survive a power cut.
 */
export const alertsAndTracks: Migration = {
  version: 1,
  name: 'alerts-and-tracks',
  statements: [
    sql`CREATE TABLE IF NOT EXISTS xueliang.alerts (
      alert_id String,
      raised_at DateTime64(3, 'UTC'),
      is_raised Bool,
      site_id LowCardinality(String),
      place LowCardinality(String),
      camera_id LowCardinality(String),
      scenario_id LowCardinality(String),
      kind LowCardinality(String),
      severity LowCardinality(String),
      state LowCardinality(String),
      snapshot_state LowCardinality(String),
      clip_state LowCardinality(String),
      model_id LowCardinality(String),
      clock_quality LowCardinality(String),
      started_at DateTime64(3, 'UTC'),
      captured_at DateTime64(3, 'UTC'),
      received_at DateTime64(3, 'UTC'),
      ended_at Nullable(DateTime64(3, 'UTC')),
      alert String CODEC(ZSTD(3)),
      events String CODEC(ZSTD(3)),
      last_sequence UInt64
    )
    ENGINE = ReplacingMergeTree(last_sequence)
    PARTITION BY toYYYYMM(raised_at)
    ORDER BY (raised_at, alert_id)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
    sql`CREATE TABLE IF NOT EXISTS xueliang.tracks (
      place LowCardinality(String),
      camera_id LowCardinality(String),
      track_id String,
      label LowCardinality(String),
      started_at DateTime64(3, 'UTC'),
      ended_at DateTime64(3, 'UTC'),
      frames UInt32,
      best_score Float32,
      path Array(Tuple(Float32, Float32))
    )
    ENGINE = ReplacingMergeTree
    PARTITION BY toYYYYMMDD(started_at)
    ORDER BY (place, camera_id, started_at, track_id)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
      old_parts_lifetime = 60`,
  ],
};
