import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/**
 * When an alert was first brought to each state, in milliseconds, 0 for never: so that times can be reckoned without
 * reading alerts whole. Computed from the alert when its row is written; of rows from before, when they are read.
 * `answered_ms` is the first step that anybody took.
 */
export const alertStepTimes: Migration = {
  version: 7,
  name: 'alert-step-times',
  statements: [
    sql`ALTER TABLE xueliang.alerts
      ADD COLUMN IF NOT EXISTS steps Array(Tuple(state LowCardinality(String), at Int64, reason LowCardinality(String)))
        MATERIALIZED JSONExtract(alert, 'steps', 'Array(Tuple(state LowCardinality(String), at Int64, reason LowCardinality(String)))'),
      ADD COLUMN IF NOT EXISTS answered_ms Int64
        MATERIALIZED tupleElement(arrayFirst(s -> tupleElement(s, 1) != 'raised', steps), 2),
      ADD COLUMN IF NOT EXISTS dispatched_ms Int64
        MATERIALIZED tupleElement(arrayFirst(s -> tupleElement(s, 1) = 'dispatched', steps), 2),
      ADD COLUMN IF NOT EXISTS on_scene_ms Int64
        MATERIALIZED tupleElement(arrayFirst(s -> tupleElement(s, 1) = 'onScene', steps), 2),
      ADD COLUMN IF NOT EXISTS resolved_ms Int64
        MATERIALIZED tupleElement(arrayFirst(s -> tupleElement(s, 1) = 'resolved', steps), 2),
      ADD COLUMN IF NOT EXISTS dismissed_ms Int64
        MATERIALIZED tupleElement(arrayFirst(s -> tupleElement(s, 1) IN ('falseAlarm', 'duplicate'), steps), 2),
      ADD COLUMN IF NOT EXISTS verdict LowCardinality(String)
        MATERIALIZED tupleElement(arrayLast(s -> tupleElement(s, 1) IN ('resolved', 'falseAlarm', 'duplicate'), steps), 1),
      ADD COLUMN IF NOT EXISTS verdict_reason LowCardinality(String)
        MATERIALIZED tupleElement(arrayLast(s -> tupleElement(s, 1) IN ('resolved', 'falseAlarm', 'duplicate'), steps), 3)`,
  ],
};
