import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Database } from './database.ts';
import { historyError } from './errors.ts';
import { alertsAndTracks } from './migrations/0001-alerts-and-tracks.ts';
import { lineCounts } from './migrations/0002-line-counts.ts';
import { incidents } from './migrations/0003-incidents.ts';
import { watchedQuarters } from './migrations/0004-watched-quarters.ts';
import { observations } from './migrations/0005-observations.ts';
import { audit } from './migrations/0006-audit.ts';
import { alertStepTimes } from './migrations/0007-alert-step-times.ts';
import { watchedMinutes } from './migrations/0008-watched-minutes.ts';
import { mergeManyAtOnce } from './migrations/0009-merge-many-at-once.ts';
import { mergeAllThatIsNew } from './migrations/0010-merge-all-that-is-new.ts';
import { type Sql, sql } from './sql.ts';

/** One step of the schema. Every statement may run again: a crash can come between it and its record. */
export interface Migration {
  version: number;
  name: string;
  statements: readonly Sql[];
  /** Gives a row where the statements can be run: not every server knows all there is. Where it gives none the step is done without. */
  onlyWhere?: Sql;
}

/** All steps in order; a step that was released is never changed. */
export const migrations: readonly Migration[] = [
  alertsAndTracks,
  lineCounts,
  incidents,
  watchedQuarters,
  observations,
  audit,
  alertStepTimes,
  watchedMinutes,
  mergeManyAtOnce,
  mergeAllThatIsNew,
];

/**
 * Brings the tables up to date. Throws `history-too-new` when they were made by a later version of this program,
 * which an earlier one would damage.
 */
export const migrate = async (
  database: Database,
  { clock, log, steps = migrations }: { clock: Clock; log: Logger; steps?: readonly Migration[] },
): Promise<void> => {
  await database.command('creating the history', sql`CREATE DATABASE IF NOT EXISTS xueliang`);
  await database.command(
    'creating the list of migrations',
    sql`CREATE TABLE IF NOT EXISTS xueliang.migrations (
      version UInt32,
      name String,
      applied_at DateTime64(3, 'UTC')
    )
    ENGINE = ReplacingMergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  const [found] = await database.rows<{ version: number }>(
    'reading the version of the history',
    sql`SELECT max(version) AS version FROM xueliang.migrations`,
  );
  const present = found?.version ?? 0;
  const known = Math.max(0, ...steps.map((step) => step.version));
  if (present > known) {
    throw historyError(
      'history-too-new',
      `the history has schema version ${present} and this program knows ${known}; install the newer program again`,
      { present, known },
    );
  }
  for (const step of steps.filter(({ version }) => version > present)) {
    const fits =
      !step.onlyWhere || (await database.rows(`asking for ${step.name}`, step.onlyWhere)).length > 0;
    for (const statement of fits ? step.statements : []) {
      await database.command(`migration ${step.name}`, statement);
    }
    const { version, name } = step;
    await database.insert('xueliang.migrations', [{ version, name, applied_at: clock.now() }]);
    log.info({ service: 'history', version, name }, 'history migrated');
  }
};
