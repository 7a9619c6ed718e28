import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/**
 * Parts are merged ten at a time. The engine merges a small table whole with every second insert otherwise: what it writes
 * grows with the table, and the API took three times as much of a core after an hour as at its beginning (docs/performance.md).
 */
export const mergeManyAtOnce: Migration = {
  version: 9,
  name: 'merge-many-at-once',
  onlyWhere: sql`SELECT name FROM system.merge_tree_settings WHERE name = 'min_parts_to_merge_at_once'`,
  statements: [
    sql`ALTER TABLE xueliang.alerts MODIFY SETTING min_parts_to_merge_at_once = 10`,
    sql`ALTER TABLE xueliang.tracks MODIFY SETTING min_parts_to_merge_at_once = 10`,
    sql`ALTER TABLE xueliang.observations MODIFY SETTING min_parts_to_merge_at_once = 10`,
    sql`ALTER TABLE xueliang.watched_minutes MODIFY SETTING min_parts_to_merge_at_once = 10`,
  ],
};
