import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import type { FalseAlarmShare, StatisticsSpan } from './statistics.ts';

const selectFalseAlarms = sql`SELECT scenario_id AS scenarioId, camera_id AS cameraId, sum(count) AS raised,
    sumIf(count, verdict != '') AS judged, sumIf(count, verdict = 'falseAlarm') AS falseAlarms,
    groupArrayIf((reason, count), verdict = 'falseAlarm') AS reasons
  FROM (
    SELECT scenario_id, camera_id, verdict, if(verdict_reason = '', 'other', verdict_reason) AS reason, count() AS count
    FROM xueliang.alerts FINAL
    WHERE is_raised
      AND startsWith(place, {placePrefix:String})
      AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
      AND raised_at < fromUnixTimestamp64Milli({to:Int64})
      AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
      AND (empty({severities:Array(String)}) OR has({severities:Array(String)}, severity))
    GROUP BY scenario_id, camera_id, verdict, reason
  )
  GROUP BY scenarioId, cameraId
  ORDER BY falseAlarms DESC, scenarioId, cameraId
  LIMIT {limit:UInt32}`;

const spanOf = ({ from, to, placePrefix, kinds, severities, limit }: StatisticsSpan) => ({
  ...{ placePrefix, kinds, severities, limit },
  from: Math.min(from, maxInstant),
  to: Math.min(to, maxInstant),
});

interface FalseAlarmRow {
  scenarioId: string;
  cameraId: string;
  /** Servers give 64-bit numbers as text. */
  raised: number | string;
  judged: number | string;
  falseAlarms: number | string;
  reasons: [reason: string, count: number | string][];
}

/** Which scenarios on which cameras were wrong how often, and why. */
export const queryFalseAlarms = async (
  database: Database,
  query: StatisticsSpan,
): Promise<FalseAlarmShare[]> => {
  const rows = await database.rows<FalseAlarmRow>(
    'reckoning up false alarms',
    selectFalseAlarms,
    spanOf(query),
  );
  return rows.map(({ scenarioId, cameraId, raised, judged, falseAlarms, reasons }) => ({
    ...{ scenarioId, cameraId, raised: Number(raised), judged: Number(judged) },
    falseAlarms: Number(falseAlarms),
    reasons: reasons
      .map(([reason, count]) => ({ reason, count: Number(count) }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  }));
};
