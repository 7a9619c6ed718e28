import type { Label } from '../../core/schema/label.ts';
import { hoursOfWeek, type LabelNormal, quarterMs } from '../../core/schema/normals.ts';
import type { Database } from './database.ts';
import type { HistoryNormals, NormalsQuery, WatchedMinutes } from './history.ts';
import { sql } from './sql.ts';

/** Four weeks: long enough for every hour of the week four times, short enough to follow the season. */
const windowMs = 28 * 86_400_000;
/** Of a quarter's fifteen minutes, those that must have been watched for its count to mean anything. */
const enoughMinutes = 12;
/** Quarters that an hour must rest on, its neighbours' among them: two thirds of what two weeks give. */
const enoughQuarters = 16;

/**
 * Days before the oldest track that is left were shed for room: their quarters would look empty. Each quarter counts
 * for its own hour of the week and for both hours beside it, so that two weeks give 24 samples an hour.
 * A track that was written twice counts once by its id, which takes a quarter of the time that FINAL does.
 */
const selectNormals = sql`WITH
    watched AS (
      SELECT camera_id, quarter_at
      FROM xueliang.watched_minutes
      WHERE has({cameraIds:Array(String)}, camera_id)
        AND quarter_at >= fromUnixTimestamp({from:Int64}) AND quarter_at < fromUnixTimestamp({until:Int64})
        AND quarter_at >= (SELECT toStartOfDay(min(started_at)) FROM xueliang.tracks)
      GROUP BY camera_id, quarter_at
      HAVING bitCount(groupBitOr(seen)) >= {enoughMinutes:UInt8}
    ),
    counted AS (
      SELECT camera_id, label, toStartOfFifteenMinutes(started_at) AS quarter_at, uniqExact(track_id) AS tracks
      FROM xueliang.tracks
      WHERE has({cameraIds:Array(String)}, camera_id) AND has({labels:Array(String)}, label)
        AND started_at >= fromUnixTimestamp({from:Int64}) AND started_at < fromUnixTimestamp({until:Int64})
      GROUP BY camera_id, label, quarter_at
    ),
    days AS (
      SELECT camera_id, uniqExact(toDate(quarter_at, {timezone:String})) AS watched_days
      FROM watched GROUP BY camera_id
    ),
    quarters AS (
      SELECT camera_id, quarter_at, arrayJoin({labels:Array(String)}) AS label,
        (toDayOfWeek(quarter_at, 0, {timezone:String}) - 1) * 24 + toHour(quarter_at, {timezone:String}) AS own_hour
      FROM watched
    ),
    hours AS (
      SELECT quarters.camera_id AS camera_id, quarters.label AS label,
        (own_hour + arrayJoin([167, 0, 1])) % 168 AS hour,
        quantilesExactInclusive(0.05, 0.95)(counted.tracks) AS band
      FROM quarters
      LEFT JOIN counted ON counted.camera_id = quarters.camera_id AND counted.label = quarters.label
        AND counted.quarter_at = quarters.quarter_at
      GROUP BY camera_id, label, hour
      HAVING count() >= {enoughQuarters:UInt16}
    ),
    bands AS (
      SELECT camera_id, label, groupArray((hour, floor(band[1]), ceil(band[2]))) AS hours
      FROM hours GROUP BY camera_id, label
    )
  SELECT days.camera_id AS cameraId, any(watched_days) AS watchedDays,
    groupArrayIf((bands.label, bands.hours), bands.label != '') AS labels
  FROM days LEFT JOIN bands ON bands.camera_id = days.camera_id
  GROUP BY cameraId
  ORDER BY cameraId`;

type HourBand = [hour: number, low: number, high: number];

interface NormalRow {
  cameraId: string;
  watchedDays: number;
  labels: [label: Label, hours: HourBand[]][];
}

/** When cameras were watched, and what is normal on them. */
export class ActivityStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the rows are on disk. */
  async write(rows: readonly WatchedMinutes[]): Promise<void> {
    await this.#database.insert(
      'xueliang.watched_minutes',
      rows.map(({ cameraId, quarterAt, seen }) => ({
        camera_id: cameraId,
        quarter_at: Math.floor(quarterAt / 1000),
        seen,
      })),
    );
  }

  /** Whole quarters only: the one that `until` lies in is not over. */
  async normals({ cameraIds, labels, timezone, until }: NormalsQuery): Promise<HistoryNormals[]> {
    const end = Math.floor(until / quarterMs) * quarterMs;
    const rows = await this.#database.rows<NormalRow>('reading what is normal', selectNormals, {
      ...{ cameraIds, labels, timezone, enoughMinutes, enoughQuarters },
      until: end / 1000,
      from: (end - windowMs) / 1000,
    });
    return rows.map(({ cameraId, watchedDays, labels: normals }) => ({
      cameraId,
      watchedDays: Number(watchedDays),
      labels: normals.map(([label, hours]) => toNormal(label, hours)),
    }));
  }
}

const toNormal = (label: Label, hours: readonly HourBand[]): LabelNormal => {
  const low = new Array<number | null>(hoursOfWeek).fill(null);
  const high = new Array<number | null>(hoursOfWeek).fill(null);
  for (const [hour, lowest, highest] of hours) {
    low[Number(hour)] = Number(lowest);
    high[Number(hour)] = Number(highest);
  }
  return { label, low, high };
};
