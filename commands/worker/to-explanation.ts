import { toVerdict } from '../../core/explanation/verdict.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { ExplainedMinute, Explanation, ScenarioExplanation } from '../../core/schema/explanation.ts';
import { explainedMinutes, maxScenarios } from '../../core/schema/explanation.ts';
import { type CameraStatus, dropReasons } from '../../core/schema/health.ts';
import type { CameraRecord, RecordedMinute } from '../../core/stages.ts';
import type { LookedMinute, LookRecord } from './look-history.ts';

export interface ExplanationParts extends Pick<Explanation, 'at' | 'timezone' | 'modelId'> {
  camera: Camera;
  status: CameraStatus;
  /** Nothing when the camera's thread did not answer. */
  record: CameraRecord | undefined;
  looks: LookRecord;
  scenarios: readonly ScenarioExplanation[];
}

/** Puts together what the stages of a worker know of a camera. */
export const toExplanation = (parts: ExplanationParts): Explanation => {
  const { camera, status, record, looks, at, timezone, modelId } = parts;
  const { minutes: looked, ...last } = looks;
  const facts = {
    ...{ at, status, ...last },
    minutes: joinMinutes(record?.minutes ?? [], looked, at),
    scenarios: parts.scenarios.slice(0, maxScenarios),
  };
  return {
    cameraId: camera.id,
    cameraName: camera.name,
    place: camera.place,
    workerId: status.workerId,
    timezone,
    modelId,
    verdict: toVerdict({ ...facts, isThreadHeard: record !== undefined }),
    tierChanges: [...(record?.tierChanges ?? [])],
    ...facts,
  };
};

const minuteMs = 60_000;

const unrecorded = (from: number): RecordedMinute => ({
  ...{ from, awakeMs: 0, dormantMs: 0, blindMs: 0, received: 0, decoded: 0, busyMs: 0 },
  wokenMs: { opened: 0, 'picture-changed': 0, scenario: 0, 'long-gop': 0 },
  dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
});

/** What both sides of the detector did in the same minutes of the wall clock. */
const joinMinutes = (
  recorded: readonly RecordedMinute[],
  looked: LookRecord['minutes'],
  at: number,
): ExplainedMinute[] => {
  const looks = new Map(looked.map(({ from, counts }) => [from, counts]));
  const records = new Map(recorded.map((minute) => [minute.from, minute]));
  return [...new Set([...records.keys(), ...looks.keys()])]
    .sort((a, b) => a - b)
    .slice(-explainedMinutes)
    .map((from) => joinMinute(records.get(from) ?? unrecorded(from), looks.get(from), at));
};

const joinMinute = (
  minute: RecordedMinute,
  looked: LookedMinute | undefined,
  at: number,
): ExplainedMinute => {
  const { from, awakeMs, dormantMs, blindMs, wokenMs, received, decoded, busyMs, dropped } = minute;
  const passedMs = Math.min(minuteMs, Math.max(1, at - from));
  const drops = dropReasons.map((reason) => [reason, dropped[reason] + (looked?.dropped[reason] ?? 0)]);
  return {
    from,
    ...{ awakeMs: Math.round(awakeMs), dormantMs: Math.round(dormantMs), blindMs: Math.round(blindMs) },
    wokenMs: roundAll(wokenMs),
    ...{ received, decoded },
    inferred: looked?.inferred ?? 0,
    detections: looked?.detections ?? 0,
    dropped: Object.fromEntries(drops) as ExplainedMinute['dropped'],
    // Of the time that the camera was watched: the first minute of a camera is a short one.
    costCores: (busyMs + (looked?.costMs ?? 0)) / (awakeMs + dormantMs + blindMs || passedMs),
  };
};

const roundAll = ({
  opened,
  scenario,
  ...others
}: ExplainedMinute['wokenMs']): ExplainedMinute['wokenMs'] => ({
  opened: Math.round(opened),
  'picture-changed': Math.round(others['picture-changed']),
  scenario: Math.round(scenario),
  'long-gop': Math.round(others['long-gop']),
});
