import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import type { ResponseQuery, ResponseStep, ResponseTime } from './statistics.ts';

/**
 * Each alert gives a row for each step, held against the first rule that fits it: when it was reached (0: never), and when the one before. A deadline counts when
 * the step was reached, or when it is over and nobody has found the alert to be none.
 */
const selectTimes = sql`WITH
    found AS (
      SELECT substring(place, 1, {placeDigits:UInt8}) AS key, toUnixTimestamp64Milli(raised_at) AS raised_ms,
        answered_ms, dispatched_ms, on_scene_ms, resolved_ms, dismissed_ms,
        arrayFirstIndex(
          (rule_place, rule_severities) ->
            startsWith(place, rule_place) AND (rule_severities = '' OR has(splitByChar(',', rule_severities), severity)),
          {rulePlaces:Array(String)}, {ruleSeverities:Array(String)}
        ) AS rule
      FROM xueliang.alerts FINAL
      WHERE is_raised
        AND startsWith(place, {placePrefix:String})
        AND raised_at >= fromUnixTimestamp64Milli({from:Int64})
        AND raised_at < fromUnixTimestamp64Milli({to:Int64})
        AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
        AND (empty({severities:Array(String)}) OR has({severities:Array(String)}, severity))
    ),
    timed AS (
      SELECT key, raised_ms, dismissed_ms,
        greatest(rule, 1) AS at_rule,
        arrayJoin([
          (1, answered_ms, raised_ms, if(rule = 0, 0, toInt64OrZero(arrayElement({answerMs:Array(String)}, at_rule)))),
          (2, dispatched_ms, greatest(raised_ms, answered_ms * (answered_ms < dispatched_ms)), if(rule = 0, 0, toInt64OrZero(arrayElement({dispatchMs:Array(String)}, at_rule)))),
          (3, on_scene_ms, greatest(raised_ms, answered_ms, dispatched_ms * (dispatched_ms < on_scene_ms)), if(rule = 0, 0, toInt64OrZero(arrayElement({arriveMs:Array(String)}, at_rule)))),
          (4, resolved_ms, greatest(raised_ms, answered_ms * (answered_ms < resolved_ms),
            dispatched_ms * (dispatched_ms < resolved_ms), on_scene_ms * (on_scene_ms < resolved_ms)), if(rule = 0, 0, toInt64OrZero(arrayElement({resolveMs:Array(String)}, at_rule))))
        ]) AS row,
        tupleElement(row, 1) AS step, tupleElement(row, 2) AS at, tupleElement(row, 4) AS deadline,
        greatest(0, at - raised_ms) AS whole, greatest(0, at - tupleElement(row, 3)) AS part,
        at > 0 AS is_reached
      FROM found
    )
  SELECT key AS place, step, count() AS raised, countIf(is_reached) AS reached,
    quantilesExactInclusiveIf(0.5, 0.95)(whole, is_reached) AS wholes,
    quantilesExactInclusiveIf(0.5, 0.95)(part, is_reached) AS parts,
    countIf(deadline > 0 AND (is_reached OR (dismissed_ms = 0 AND raised_ms + deadline < {now:Int64}))) AS due,
    countIf(deadline > 0 AND is_reached AND whole <= deadline) AS inTime
  FROM timed
  GROUP BY place, step
  ORDER BY place, step
  LIMIT {limit:UInt32}`;

interface Row {
  place: string;
  step: number;
  /** Servers give 64-bit numbers as text. */
  raised: number | string;
  reached: number | string;
  wholes: [number | null, number | null];
  parts: [number | null, number | null];
  due: number | string;
  inTime: number | string;
}

const stepNames: readonly ResponseStep[] = ['acknowledged', 'dispatched', 'onScene', 'resolved'];
const townshipDigits = 9;
const villageDigits = 12;

/** How long steps took, by place. */
export const queryResponseTimes = async (
  database: Database,
  { level, deadlinesMs, rules = [{ place: '', severities: [], deadlinesMs }], ...query }: ResponseQuery,
): Promise<ResponseTime[]> => {
  const timesOf = (step: ResponseStep): string[] => rules.map((rule) => String(rule.deadlinesMs[step]));
  const rows = await database.rows<Row>('reckoning up response times', selectTimes, {
    ...query,
    from: Math.min(query.from, maxInstant),
    to: Math.min(query.to, maxInstant),
    placeDigits: level === 'township' ? townshipDigits : villageDigits,
    rulePlaces: rules.map(({ place }) => place),
    ruleSeverities: rules.map(({ severities }) => severities.join(',')),
    answerMs: timesOf('acknowledged'),
    dispatchMs: timesOf('dispatched'),
    arriveMs: timesOf('onScene'),
    resolveMs: timesOf('resolved'),
  });
  return rows.flatMap(toResponseTime);
};

const toResponseTime = ({ place, step, wholes, parts, ...counts }: Row): ResponseTime[] => {
  const name = stepNames[Number(step) - 1];
  if (name === undefined) return [];
  const reached = Number(counts.reached);
  const times = {
    medianMs: Math.round(Number(wholes[0])),
    p95Ms: Math.round(Number(wholes[1])),
    stepMedianMs: Math.round(Number(parts[0])),
    stepP95Ms: Math.round(Number(parts[1])),
  };
  return [
    {
      ...{ place, step: name, raised: Number(counts.raised), reached },
      ...(reached === 0 ? {} : times),
      ...{ due: Number(counts.due), inTime: Number(counts.inTime) },
    },
  ];
};
