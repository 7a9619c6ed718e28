import type { Incident, IncidentMember } from '../../core/schema/incident.ts';
import { maxInstant, raisedAtOf } from './alert-record.ts';
import type { Database } from './database.ts';
import type { IncidentPage, IncidentQuery } from './history.ts';
import { sql } from './sql.ts';
import { toIncidents } from './to-incidents.ts';

/** Sorts after every alert id. */
const afterAllIds = '~';
/** Members are raised within an hour of the first; a worker that was cut off may hand in an earlier one later. */
const reachMs = 2 * 3_600_000;
/** An incident of the history has no more members than the alerts role lets in. */
const maxMembers = 200;

const selectPage = sql`SELECT incident_id
  FROM xueliang.alerts FINAL
  WHERE is_raised
    AND incident_id != ''
    AND startsWith(place, {placePrefix:String})
    AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
    AND raised_at < fromUnixTimestamp64Milli({to:Int64})
    AND incident_id < {cursorId:String}
  GROUP BY incident_id
  HAVING {onlyOpen:Bool} = false OR countIf(isNull(ended_at)) > 0
  ORDER BY incident_id DESC
  LIMIT {limit:UInt32}`;

const selectMembers = sql`SELECT incident_id, alert_id, camera_id, place, scenario_id, kind, severity, state,
    toUnixTimestamp64Milli(started_at) AS started, toUnixTimestamp64Milli(ended_at) AS ended
  FROM xueliang.alerts FINAL
  WHERE is_raised
    AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
    AND raised_at <= fromUnixTimestamp64Milli({to:Int64})
    AND has({ids:Array(String)}, incident_id)
    AND startsWith(place, {placePrefix:String})
  ORDER BY raised_at, alert_id
  LIMIT {maxMembers:UInt32} BY incident_id`;

interface MemberRow {
  incident_id: string;
  alert_id: string;
  camera_id: string;
  place: string;
  scenario_id: string;
  kind: IncidentMember['kind'];
  severity: IncidentMember['severity'];
  state: IncidentMember['state'];
  /** Servers give 64-bit numbers as text. */
  started: number | string;
  ended: number | string | null;
}

/** One page of incidents, the newest first, with what lies in the place's subtree. */
export const queryIncidents = async (database: Database, query: IncidentQuery): Promise<IncidentPage> => {
  const { placePrefix, limit } = query;
  const rows = await database.rows<{ incident_id: string }>('listing incidents', selectPage, {
    placePrefix,
    from: Math.min(query.from ?? 0, maxInstant),
    to: Math.min(query.to ?? maxInstant, maxInstant),
    cursorId: query.olderThan ?? afterAllIds,
    onlyOpen: query.onlyOpen,
    limit: limit + 1,
  });
  const ids = rows.slice(0, limit).map((row) => row.incident_id);
  return { incidents: await loadIncidents(database, ids, placePrefix), hasMore: rows.length > limit };
};

/** One incident by its id, when anything of it lies in the place's subtree. */
export const queryIncident = async (
  database: Database,
  incidentId: string,
  placePrefix: string,
): Promise<Incident | undefined> =>
  raisedAtOf(incidentId) > maxInstant
    ? undefined
    : (await loadIncidents(database, [incidentId], placePrefix))[0];

const loadIncidents = async (
  database: Database,
  ids: readonly string[],
  placePrefix: string,
): Promise<Incident[]> => {
  if (ids.length === 0) return [];
  const times = ids.map(raisedAtOf);
  const rows = await database.rows<MemberRow>('looking up incidents', selectMembers, {
    ...{ ids, placePrefix, maxMembers },
    from: Math.max(0, Math.min(...times) - reachMs),
    to: Math.min(maxInstant, Math.max(...times) + reachMs),
  });
  const incidents = toIncidents(rows.map((row) => [row.incident_id, toMember(row)]));
  return ids.flatMap((id) => incidents.get(id) ?? []);
};

const toMember = (row: MemberRow): IncidentMember => ({
  alertId: row.alert_id,
  cameraId: row.camera_id,
  place: row.place,
  scenarioId: row.scenario_id,
  kind: row.kind,
  severity: row.severity,
  state: row.state,
  startedAt: Number(row.started),
  ...(row.ended === null ? {} : { endedAt: Number(row.ended) }),
});
