import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/**
 * Of ten parts that may be merged the engine leaves out those at the right that have less than a hundredth of all ten together, so
 * that a table of a hundred inserts' size was written anew with each insert all the same, however many parts it was to wait for.
 */
export const mergeAllThatIsNew: Migration = {
  version: 10,
  name: 'merge-all-that-is-new',
  onlyWhere: sql`SELECT name FROM system.merge_tree_settings
    WHERE name = 'merge_selector_enable_heuristic_to_remove_small_parts_at_right'`,
  statements: [
    sql`ALTER TABLE xueliang.alerts MODIFY SETTING merge_selector_enable_heuristic_to_remove_small_parts_at_right = 0`,
    sql`ALTER TABLE xueliang.tracks MODIFY SETTING merge_selector_enable_heuristic_to_remove_small_parts_at_right = 0`,
    sql`ALTER TABLE xueliang.observations MODIFY SETTING merge_selector_enable_heuristic_to_remove_small_parts_at_right = 0`,
    sql`ALTER TABLE xueliang.watched_minutes MODIFY SETTING merge_selector_enable_heuristic_to_remove_small_parts_at_right = 0`,
  ],
};
