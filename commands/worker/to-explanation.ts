import { toVerdict } from '../../core/explanation/verdict.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { dropReasons } from '../../core/schema/drop-reasons.ts';
import type { ExplainedMinute, Explanation, ScenarioExplanation } from '../../core/schema/explanation.ts';
import { maxScenarios } from '../../core/schema/explanation-bounds.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
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
  const facts = {
    ...{ at, status, ...looks.last },
    minutes: joinMinutes(record?.minutes, looks, at),
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

/** What both sides of the detector did in the same minutes. A thread that came back knows nothing of before. */
const joinMinutes = (
  recorded: readonly RecordedMinute[] | undefined,
  looks: LookRecord,
  at: number,
): ExplainedMinute[] => {
  const looked = new Map(looks.minutes.map(({ from, counts }) => [from, counts]));
  const minutes = recorded ?? looks.minutes.map(({ from }) => unrecorded(from));
  return minutes.map((minute) => {
    // The first minute of a camera is a short one.
    const passedMs = Math.min(at, minute.from + minuteMs) - Math.max(minute.from, looks.since);
    return joinMinute(minute, looked.get(minute.from), passedMs);
  });
};

const joinMinute = (
  minute: RecordedMinute,
  looked: LookedMinute | undefined,
  passedMs: number,
): ExplainedMinute => {
  const { from, awakeMs, dormantMs, blindMs, wokenMs, received, decoded, busyMs, dropped } = minute;
  const drops = dropReasons.map((reason) => [reason, dropped[reason] + (looked?.dropped[reason] ?? 0)]);
  return {
    from,
    ...{ awakeMs: Math.round(awakeMs), dormantMs: Math.round(dormantMs), blindMs: Math.round(blindMs) },
    wokenMs: roundAll(wokenMs),
    ...{ received, decoded },
    inferred: looked?.inferred ?? 0,
    detections: looked?.detections ?? 0,
    dropped: Object.fromEntries(drops) as ExplainedMinute['dropped'],
    costCores: shareOf(busyMs, awakeMs + dormantMs + blindMs) + shareOf(looked?.costMs ?? 0, passedMs),
  };
};

const shareOf = (spentMs: number, ofMs: number): number => (ofMs > 0 ? spentMs / ofMs : 0);

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

const unrecorded = (from: number): RecordedMinute => ({
  ...{ from, awakeMs: 0, dormantMs: 0, blindMs: 0, received: 0, decoded: 0, busyMs: 0 },
  wokenMs: { opened: 0, 'picture-changed': 0, scenario: 0, 'long-gop': 0 },
  dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
});
