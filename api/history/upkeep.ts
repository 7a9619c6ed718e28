import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Database } from './database.ts';
import { type Sql, sql } from './sql.ts';

export interface HistoryLimits {
  /** Bytes that all tables together may use. */
  quotaBytes: number;
  /** How long tracks are kept, by the day they began. */
  trackRetentionMs: number;
  /** How long what scenarios saw is kept, by the day of its first frame. */
  observationRetentionMs: number;
  /** How long alerts, and counts of crossings, are kept, by the month they were raised. */
  alertRetentionMs: number;
  /** How long the audit log is kept, by the month; never less than 180 days. */
  auditRetentionMs: number;
}

/** What is about to be removed: a table's rows of a month (`YYYYMM`) or a day (`YYYYMMDD`). */
export interface HistoryRemoval {
  table: string;
  partition: string;
  reason: 'retention' | 'quota';
}

/** Is told before anything is removed; what it refuses to take note of stays until the next look. */
export type NoteRemoval = (removal: HistoryRemoval) => Promise<void>;

/** Shedding begins here and goes on down to the second, so that what comes until the next look stays below the quota. */
const shedAbove = 0.9;
const shedDownTo = 0.8;

const keptTables = ['alerts', 'tracks', 'line_counts', 'watched_minutes', 'observations', 'audit'] as const;
type KeptTable = (typeof keptTables)[number];
/** Those that are kept as long as tracks are, by days. */
const isDaily = (table: KeptTable): boolean =>
  table === 'tracks' || table === 'watched_minutes' || table === 'observations';
const isKept = (table: string): table is KeptTable => keptTables.some((kept) => kept === table);

interface Partition {
  table: KeptTable;
  id: string;
  sizeBytes: number;
  isActive: boolean;
}

export interface HistorySize {
  sizeBytes: number;
  isFull: boolean;
  damagedParts: number;
  /** Partitions deleted in this look. */
  dropped: number;
}

/** The only tables anything is ever deleted from. */
const dropStatements: Readonly<Record<KeptTable, Sql>> = {
  alerts: sql`ALTER TABLE xueliang.alerts DROP PARTITION ID {id:String}`,
  tracks: sql`ALTER TABLE xueliang.tracks DROP PARTITION ID {id:String}`,
  watched_minutes: sql`ALTER TABLE xueliang.watched_minutes DROP PARTITION ID {id:String}`,
  observations: sql`ALTER TABLE xueliang.observations DROP PARTITION ID {id:String}`,
  audit: sql`ALTER TABLE xueliang.audit DROP PARTITION ID {id:String}`,
  line_counts: sql`ALTER TABLE xueliang.line_counts DROP PARTITION ID {id:String}`,
};

const selectPartitions = sql`SELECT table, partition_id AS id, sum(bytes_on_disk) AS sizeBytes, max(active) = 1 AS isActive
  FROM system.parts
  WHERE database = 'xueliang'
  GROUP BY table, partition_id`;

const selectDamaged = sql`SELECT count() AS parts, sum(bytes_on_disk) AS sizeBytes
  FROM system.detached_parts
  WHERE database = 'xueliang' AND startsWith(reason, 'broken')`;

interface UpkeepDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  noteRemoval?: NoteRemoval;
}

/**
 * Keeps the history within its retention and its quota. What is past its retention goes first. Above the quota it
 * sheds in this order: observations from the oldest day to the newest, then tracks likewise, then counts of crossings and then alerts from the
 * oldest month, but never the newest month of alerts. Watched quarters weigh nothing and stay; the audit log is never shed. When that is not enough the history is full: it writes nothing more, and the bus keeps what waits.
 */
export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #limits: HistoryLimits;
  #damagedParts = 0;

  constructor(deps: UpkeepDeps, limits: HistoryLimits) {
    this.#deps = deps;
    this.#limits = limits;
  }

  /** One look: deletes what has to go and tells how full the history is then. */
  async run(): Promise<HistorySize> {
    const { quotaBytes } = this.#limits;
    let dropped = 0;
    for (const partition of expired(await this.#partitions(), this.#limits, this.#deps.clock.now())) {
      if (!(await this.#drop(partition, 'retention'))) break;
      dropped++;
    }
    const damaged = await this.#lookForDamage();
    const kept = (await this.#partitions()).filter((partition) => partition.isActive);
    let sizeBytes = total(kept) + damaged.sizeBytes;
    if (sizeBytes > quotaBytes * shedAbove) {
      for (const partition of inSheddingOrder(kept)) {
        if (sizeBytes <= quotaBytes * shedDownTo) break;
        // The next one is worth more: it is not to go before this one.
        if (!(await this.#drop(partition, 'quota'))) break;
        dropped++;
        sizeBytes -= partition.sizeBytes;
      }
    }
    const isFull = sizeBytes > quotaBytes * shedAbove;
    this.#tell(sizeBytes, isFull);
    return { sizeBytes, isFull, damagedParts: damaged.parts, dropped };
  }

  async #partitions(): Promise<Partition[]> {
    const rows = await this.#deps.database.rows<Partition & { table: string }>(
      'measuring the history',
      selectPartitions,
    );
    return rows
      .filter(({ table }) => isKept(table))
      .map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes), isActive: Boolean(row.isActive) }));
  }

  /** Tells whether it is gone: not when nobody could take note of it. */
  async #drop({ table, id, sizeBytes }: Partition, reason: HistoryRemoval['reason']): Promise<boolean> {
    const { database, log, metrics, noteRemoval } = this.#deps;
    try {
      await noteRemoval?.({ table, partition: id, reason });
    } catch (error) {
      log.warn(
        { service: 'history', table, partition: id, err: error },
        'history stays until its removal is noted',
      );
      return false;
    }
    await database.command(`deleting ${table} of ${id}`, dropStatements[table], { id });
    log.warn({ service: 'history', table, partition: id, sizeBytes, reason }, 'history deleted');
    const help = 'Bytes of history deleted, by table and reason';
    metrics.count('xueliang_api_history_deleted_bytes_total', help, { table, reason }, sizeBytes);
    return true;
  }

  /** Damaged parts stay on the disk, for somebody may want to rescue something; they count. */
  async #lookForDamage(): Promise<{ parts: number; sizeBytes: number }> {
    const { database, log } = this.#deps;
    const [row] = await database.rows<{ parts: number; sizeBytes: number }>(
      'looking for damage',
      selectDamaged,
    );
    const parts = Number(row?.parts ?? 0);
    if (parts > this.#damagedParts) {
      log.error(
        { service: 'history', parts },
        'damaged parts were put aside: their rows are missing until rebuilt',
      );
    }
    this.#damagedParts = parts;
    return { parts, sizeBytes: Number(row?.sizeBytes ?? 0) };
  }

  #tell(sizeBytes: number, isFull: boolean): void {
    const { log, metrics } = this.#deps;
    const { quotaBytes } = this.#limits;
    metrics.gauge('xueliang_api_history_size_bytes', 'Bytes the history uses', sizeBytes);
    metrics.gauge('xueliang_api_history_quota_bytes', 'Bytes the history may use', quotaBytes);
    metrics.gauge('xueliang_api_history_full', '1 while nothing is written for lack of room', isFull ? 1 : 0);
    if (isFull) {
      log.error(
        { service: 'history', sizeBytes, quotaBytes },
        'history is full and nothing may be shed; raise its quota',
      );
    }
  }
}

const total = (partitions: readonly Partition[]): number =>
  partitions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** Partition ids are `YYYYMMDD` for daily tables and `YYYYMM` for the rest; this is when the partition's time is over. */
const endOf = ({ table, id }: Partition): number => {
  const year = Number(id.slice(0, 4));
  const month = Number(id.slice(4, 6)) - 1;
  return isDaily(table) ? Date.UTC(year, month, Number(id.slice(6, 8)) + 1) : Date.UTC(year, month + 1);
};

const expired = (partitions: readonly Partition[], limits: HistoryLimits, now: number): Partition[] =>
  partitions.filter((partition) => {
    return partition.isActive && endOf(partition) <= now - keptMsOf(partition.table, limits);
  });

const keptMsOf = (table: KeptTable, limits: HistoryLimits): number => {
  switch (table) {
    case 'alerts':
    case 'line_counts':
      return limits.alertRetentionMs;
    case 'tracks':
    case 'watched_minutes':
      return limits.trackRetentionMs;
    case 'observations':
      return limits.observationRetentionMs;
    case 'audit':
      return limits.auditRetentionMs;
  }
};

const inSheddingOrder = (partitions: readonly Partition[]): Partition[] => {
  const of = (table: KeptTable): Partition[] =>
    partitions.filter((partition) => partition.table === table).sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...of('observations'), ...of('tracks'), ...of('line_counts'), ...of('alerts').slice(0, -1)];
};
