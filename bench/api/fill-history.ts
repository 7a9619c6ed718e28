import { openHistory } from '../../api/history/index.ts';
import { openDatabase } from '../../api/history/open-database.ts';
import { sql } from '../../api/history/sql.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';

/** Rows of one statement: well below the 20 s that a statement has. */
const chunkRows = 200_000;

/**
 * A year of alerts, equally far apart: 2,000 cameras of twelve villages, nine kinds, three alerts in five closed. The id is a
 * ULID of the alert's time, and `alert` has all that the API answers. `events` stays empty: nothing reads it here.
 */
const insertAlerts = sql`INSERT INTO xueliang.alerts (
    alert_id, raised_at, is_raised, site_id, place, camera_id, scenario_id, kind, severity, state, snapshot_state,
    clip_state, model_id, clock_quality, incident_id, started_at, captured_at, received_at, ended_at, alert, events,
    last_sequence)
  WITH
    {fromMs:Int64} + intDiv(number * {stepMicros:Int64}, 1000) AS ms,
    cityHash64(number) AS h,
    '0123456789ABCDEFGHJKMNPQRSTVWXYZ' AS letters,
    concat(
      arrayStringConcat(arrayMap(i -> substring(letters, 1 + bitAnd(bitShiftRight(ms, 5 * (9 - i)), 31), 1), range(10))),
      arrayStringConcat(arrayMap(i -> substring(letters, 1 + bitAnd(bitShiftRight(h, 4 * i), 31), 1), range(16)))) AS id,
    concat('cam-', toString(h % 2000)) AS camera,
    ['431103110002','431103110201','431103110203','431103110205','431103110206','431103110207','431103110211',
     '431103110213','431103110215','431103110218','431103110219','431103110220'][1 + (h % 2000) % 12] AS village,
    ['intrusion','intrusion','loitering','crowd','waterside','wrongWay','fireSmoke','roadObstacle','lineCrossing',
     'blockedLane'][1 + intDiv(h, 2000) % 10] AS what,
    ['low','medium','medium','high','urgent'][1 + intDiv(h, 40000) % 5] AS grave,
    ['closed','closed','closed','resolved','falseAlarm'][1 + intDiv(h, 200000) % 5] AS reached,
    concat(
      '{"alertId":"', id, '","siteId":"bench","cameraId":"', camera, '","cameraName":"', camera,
      '","place":"', village, '","scenarioId":"', what, '-1","scenarioName":"', what, '","kind":"', what,
      '","severity":"', grave, '","purpose":"keyPlaceSafety","zoneId":"gate","startedAt":', toString(ms - 2000),
      ',"capturedAt":', toString(ms - 400), ',"clockQuality":"arrival","receivedAt":', toString(ms - 300),
      ',"raisedAt":', toString(ms), ',"modelId":"yolox-nano-416","facts":{"label":"person","dwellMs":2100,"limitDwellMs":2000}',
      ',"objects":[{"trackId":"', camera, '-7","label":"person","score":0.82,"box":{"x":0.1,"y":0.2,"w":0.1,"h":0.3}}]',
      ',"state":"', reached, '","snapshot":{"state":"missing","reason":"bench"},"clip":{"state":"missing","reason":"bench"}',
      ',"steps":[{"state":"raised","at":', toString(ms), '},{"state":"acknowledged","at":', toString(ms + 40000),
      ',"by":"wang"},{"state":"', reached, '","at":', toString(ms + 400000), ',"by":"wang"}]',
      ',"comments":[],"resumptions":0,"updates":0,"actions":[],"endedAt":', toString(ms + 9000), ',"lastSequence":', toString(number + 1), '}') AS body
  SELECT id, fromUnixTimestamp64Milli(ms), true, 'bench', village, camera, concat(what, '-1'), what, grave, reached,
    'missing', 'missing', 'yolox-nano-416', 'arrival', '', fromUnixTimestamp64Milli(ms - 2000),
    fromUnixTimestamp64Milli(ms - 400), fromUnixTimestamp64Milli(ms - 300), fromUnixTimestamp64Milli(ms + 9000), body,
    '[]', number + 1
  FROM numbers({first:UInt64}, {rows:UInt64})`;

export interface FillOptions {
  folder: string;
  alerts: number;
  /** When the first was raised; the others follow up to `toMs`. */
  fromMs: number;
  toMs: number;
  say(line: string): void;
  signal: AbortSignal;
}

/** Makes a history's tables as the program does, and fills `alerts` by statements alone. */
export const fillHistory = async ({
  folder,
  alerts,
  fromMs,
  toMs,
  say,
  signal,
}: FillOptions): Promise<void> => {
  const log = createLogger({ level: 'silent' });
  const made = await openHistory({ folder, clock: systemClock, log, metrics: createMetrics() });
  await made.close();
  const database = await openDatabase({ folder }, systemClock);
  try {
    const stepMicros = Math.max(1, Math.floor(((toMs - fromMs) * 1000) / alerts));
    for (let first = 0; first < alerts; first += chunkRows) {
      signal.throwIfAborted();
      const rows = Math.min(chunkRows, alerts - first);
      await database.command('filling the history', insertAlerts, { fromMs, stepMicros, first, rows });
      if (first % (chunkRows * 10) === 0) say(`fill      ${first + rows} of ${alerts} alerts`);
    }
  } finally {
    await database.close();
  }
};
