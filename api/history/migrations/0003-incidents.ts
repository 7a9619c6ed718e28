import type { Migration } from '../migrate.ts';
import { sql } from '../sql.ts';

/** The incident that an alert belongs to, so that incidents can be listed without reading alerts whole. */
export const incidents: Migration = {
  version: 3,
  name: 'incidents',
  statements: [
    sql`ALTER TABLE xueliang.alerts ADD COLUMN IF NOT EXISTS incident_id String DEFAULT '' AFTER clock_quality`,
  ],
};
