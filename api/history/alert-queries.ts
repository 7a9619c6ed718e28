import type { Alert } from '../../core/schema/alert.ts';
import { maxInstant, raisedAtOf } from './alert-record.ts';
import type { Database } from './database.ts';
import { historyError } from './errors.ts';
import type { AlertPage, AlertQuery } from './history.ts';
import { sql } from './sql.ts';

/** Sorts after every alert id. */
const afterAllIds = '~';

/**
 * The keys of the page first, from narrow columns, then the alerts of these keys alone: the wide column of every
 * alert that matches would otherwise be read to sort it.
 */
const selectPage = sql`SELECT alert
  FROM xueliang.alerts FINAL
  WHERE (raised_at, alert_id) IN (
    SELECT raised_at, alert_id
    FROM xueliang.alerts FINAL
    WHERE is_raised
      AND startsWith(place, {placePrefix:String})
      AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
      AND raised_at < fromUnixTimestamp64Milli({to:Int64})
      AND (raised_at, alert_id) < (fromUnixTimestamp64Milli({cursorAt:Int64}), {cursorId:String})
      AND (empty({scenarioIds:Array(String)}) OR has({scenarioIds:Array(String)}, scenario_id))
      AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
      AND (empty({severities:Array(String)}) OR has({severities:Array(String)}, severity))
      AND (empty({states:Array(String)}) OR has({states:Array(String)}, state))
      AND (empty({cameraIds:Array(String)}) OR has({cameraIds:Array(String)}, camera_id))
      AND (empty({incidentIds:Array(String)}) OR has({incidentIds:Array(String)}, incident_id))
      AND (empty({alertIds:Array(String)}) OR has({alertIds:Array(String)}, alert_id))
    ORDER BY raised_at DESC, alert_id DESC
    LIMIT {limit:UInt32}
  )
  ORDER BY raised_at DESC, alert_id DESC`;

const selectOne = sql`SELECT alert
  FROM xueliang.alerts FINAL
  WHERE raised_at = fromUnixTimestamp64Milli({raisedAt:Int64})
    AND alert_id = {alertId:String}
    AND is_raised
    AND startsWith(place, {placePrefix:String})`;

interface AlertText {
  alert: string;
}

/** One page of alerts, newest first. */
export const queryAlerts = async (database: Database, query: AlertQuery): Promise<AlertPage> => {
  const { olderThan, limit } = query;
  const rows = await database.rows<AlertText>('listing alerts', selectPage, {
    placePrefix: query.placePrefix,
    from: Math.min(query.from ?? 0, maxInstant),
    to: Math.min(query.to ?? maxInstant, maxInstant),
    cursorAt: Math.min(olderThan === undefined ? maxInstant : raisedAtOf(olderThan), maxInstant),
    cursorId: olderThan ?? afterAllIds,
    scenarioIds: query.scenarioIds,
    kinds: query.kinds,
    severities: query.severities,
    states: query.states,
    cameraIds: query.cameraIds,
    incidentIds: query.incidentIds ?? [],
    alertIds: query.alertIds ?? [],
    limit: limit + 1,
  });
  return { alerts: rows.slice(0, limit).map(parseAlert), hasMore: rows.length > limit };
};

/** One alert by its id, when it stands in the place's subtree. */
export const queryAlert = async (
  database: Database,
  alertId: string,
  placePrefix: string,
): Promise<Alert | undefined> => {
  const raisedAt = raisedAtOf(alertId);
  if (raisedAt > maxInstant) return undefined;
  const [row] = await database.rows<AlertText>('looking up an alert', selectOne, {
    alertId,
    raisedAt,
    placePrefix,
  });
  return row && parseAlert(row);
};

const parseAlert = ({ alert }: AlertText): Alert => {
  try {
    return JSON.parse(alert) as Alert;
  } catch (cause) {
    throw historyError('history-corrupt', 'an alert in the history cannot be read', { cause });
  }
};
