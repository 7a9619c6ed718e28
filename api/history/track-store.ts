import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import { maxInstant, toColumn } from './alert-record.ts';
import type { Database } from './database.ts';
import type { TrackCount, TrackCountQuery } from './history.ts';
import { sql } from './sql.ts';

/** A track from further ahead comes from a camera whose clock is wrong, and would outlive its retention. */
const maxAheadMs = 86_400_000;

const selectCounts = sql`SELECT
    if({by:String} = 'camera', camera_id, place) AS key,
    label,
    multiIf(
      {bucket:String} = 'minute', toUnixTimestamp(toStartOfMinute(started_at, {timezone:String})),
      {bucket:String} = 'hour', toUnixTimestamp(toStartOfHour(started_at, {timezone:String})),
      {bucket:String} = 'day', toUnixTimestamp(toStartOfDay(started_at, {timezone:String})),
      intDiv({from:Int64}, 1000)
    ) AS seconds,
    count() AS count
  FROM xueliang.tracks FINAL
  WHERE startsWith(place, {placePrefix:String})
    AND started_at >= fromUnixTimestamp64Milli({from:Int64})
    AND started_at < fromUnixTimestamp64Milli({to:Int64})
    AND (empty({cameraIds:Array(String)}) OR has({cameraIds:Array(String)}, camera_id))
    AND (empty({labels:Array(String)}) OR has({labels:Array(String)}, label))
  GROUP BY key, label, seconds
  ORDER BY seconds, key, label
  LIMIT {limit:UInt32}`;

/** Writes finished tracks and counts them. */
export class TrackStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #metrics: Metrics;

  constructor({
    database,
    clock,
    log,
    metrics,
  }: { database: Database; clock: Clock; log: Logger; metrics: Metrics }) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
    this.#metrics = metrics;
  }

  /** Resolves when the rows are on disk. */
  async write(rows: readonly TrackRow[]): Promise<void> {
    const latest = Math.min(this.#clock.now() + maxAheadMs, maxInstant);
    const fit = rows.filter((row) => row.startedAt <= latest);
    await this.#database.insertColumns('xueliang.tracks', columns, fit.map(toValues));
    this.#metrics.count('xueliang_api_history_track_rows_total', 'Rows written to tracks', {}, fit.length);
    if (fit.length < rows.length) this.#passOver(rows.filter((row) => row.startedAt > latest));
  }

  #passOver(rows: readonly TrackRow[]): void {
    const cameras = [...new Set(rows.map((row) => row.cameraId))].slice(0, 10);
    const help = 'Tracks not kept because they begin in the future';
    this.#metrics.count('xueliang_api_history_future_tracks_total', help, {}, rows.length);
    this.#log.warn(
      { service: 'history', tracks: rows.length, cameras },
      'tracks begin in the future; not kept',
    );
  }

  /** Tracks by camera or place, label and time. */
  async count(query: TrackCountQuery): Promise<TrackCount[]> {
    const rows = await this.#database.rows<Omit<TrackCount, 'at'> & { seconds: number }>(
      'counting tracks',
      selectCounts,
      { ...query, from: Math.min(query.from, maxInstant), to: Math.min(query.to, maxInstant) },
    );
    return rows.map(({ key, label, seconds, count }) => ({
      key,
      label,
      at: query.bucket === 'all' ? query.from : Number(seconds) * 1000,
      count: Number(count),
    }));
  }
}

// biome-ignore format: one line each for what belongs together
const columns = [
  'place', 'camera_id', 'track_id', 'label', 'started_at', 'ended_at',
  'frames', 'best_score', 'path',
] as const;

// biome-ignore format: in the order of the columns above
const toValues = (row: TrackRow): readonly unknown[] => [
  row.place, row.cameraId, row.trackId, row.label, row.startedAt, toColumn(row.endedAt),
  Math.min(row.frames, 0xffffffff), row.bestScore, row.path,
];
