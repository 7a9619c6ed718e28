import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { ObservationChunk } from '../../core/schema/observation-chunk.ts';
import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { historyError } from './errors.ts';
import type { ObservationQuery } from './history.ts';
import { sql } from './sql.ts';

/** A chunk from further ahead comes from a machine whose clock is wrong, and would outlive its retention. */
const maxAheadMs = 86_400_000;
/** Chunks in one answer of the database: an hour or two of one camera, some megabytes at the very most. */
const chunksPerPage = 100;

const selectPage = sql`SELECT place, camera_id AS cameraId, toUnixTimestamp64Milli(run_at) AS runAt, number,
    is_last AS isLast, toUnixTimestamp64Milli(watched_until) AS watchedUntil, toUnixTimestamp64Milli(began_at) AS fromMs,
    toUnixTimestamp64Milli(ended_at) AS toMs, looks, settings, data
  FROM xueliang.observations FINAL
  WHERE camera_id = {cameraId:String}
    AND startsWith(place, {placePrefix:String})
    AND ended_at >= fromUnixTimestamp64Milli({from:Int64})
    AND began_at < fromUnixTimestamp64Milli({to:Int64})
    AND (run_at, number) > (fromUnixTimestamp64Milli({afterRunAt:Int64}), {afterNumber:Int64})
  ORDER BY run_at, number
  LIMIT {limit:UInt32}`;

type ObservationRow = Omit<ObservationChunk, 'from' | 'to' | 'settings' | 'watchedUntil' | 'isLast'> & {
  fromMs: number;
  toMs: number;
  isLast: boolean | number;
  watchedUntil: number | null;
  settings: string;
};

/** Writes what scenarios saw, and gives it back in order. */
export class ObservationStore {
  readonly #deps: { database: Database; clock: Clock; log: Logger; metrics: Metrics };

  constructor(deps: { database: Database; clock: Clock; log: Logger; metrics: Metrics }) {
    this.#deps = deps;
  }

  /** Resolves when the rows are on disk. */
  async write(chunks: readonly ObservationChunk[]): Promise<void> {
    const { database, clock, log, metrics } = this.#deps;
    const latest = Math.min(clock.now() + maxAheadMs, maxInstant);
    const fit = chunks.filter(({ runAt, from, to }) => Math.max(runAt, from, to) <= latest);
    await database.insert('xueliang.observations', fit.map(toRow));
    const help = 'Rows written to observations';
    metrics.count('xueliang_api_history_observation_rows_total', help, {}, fit.length);
    if (fit.length === chunks.length) return;
    const count = chunks.length - fit.length;
    metrics.count(
      'xueliang_api_history_future_observations_total',
      'Observations not kept because they lie in the future',
      {},
      count,
    );
    log.warn({ service: 'history', chunks: count }, 'observations lie in the future; not kept');
  }

  /** A camera's chunks in the order in which they came to be. */
  async *read({ cameraId, placePrefix, from, to }: ObservationQuery): AsyncGenerator<ObservationChunk> {
    let after = { afterRunAt: 0, afterNumber: -1 };
    for (;;) {
      const rows = await this.#deps.database.rows<ObservationRow>('reading observations', selectPage, {
        ...{ cameraId, placePrefix, ...after },
        from: Math.min(from, maxInstant),
        to: Math.min(to, maxInstant),
        limit: chunksPerPage,
      });
      yield* rows.map(fromRow);
      const last = rows.at(-1);
      if (!last || rows.length < chunksPerPage) return;
      after = { afterRunAt: Number(last.runAt), afterNumber: Number(last.number) };
    }
  }
}

const toRow = (chunk: ObservationChunk) => ({
  place: chunk.place,
  camera_id: chunk.cameraId,
  run_at: chunk.runAt,
  number: chunk.number,
  is_last: chunk.isLast,
  watched_until: chunk.watchedUntil ?? null,
  began_at: chunk.from,
  ended_at: chunk.to,
  looks: chunk.looks,
  settings: JSON.stringify(chunk.settings),
  data: chunk.data,
});

const fromRow = ({ fromMs, toMs, watchedUntil, settings, ...row }: ObservationRow): ObservationChunk => ({
  ...row,
  runAt: Number(row.runAt),
  number: Number(row.number),
  isLast: Boolean(row.isLast),
  looks: Number(row.looks),
  from: Number(fromMs),
  to: Number(toMs),
  settings: parseSettings(settings),
  ...(watchedUntil === null ? {} : { watchedUntil: Number(watchedUntil) }),
});

const parseSettings = (text: string): ObservationChunk['settings'] => {
  try {
    return JSON.parse(text) as ObservationChunk['settings'];
  } catch (cause) {
    throw historyError('history-corrupt', 'observations in the history cannot be read', { cause });
  }
};
