import { parseDuration } from '../../core/config/quantity.ts';
import { printSettings, type WatchSettings } from '../../core/observations/settings-print.ts';
import type { Resources } from '../../core/resources.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraScenario, Scenario } from '../../core/schema/scenario.ts';
import type { WhatIfRequest } from '../../core/schema/what-if.ts';
import { whatIfError } from '../../core/what-if/errors.ts';
import { changeScenario } from './change-scenario.ts';
import { isRerunnable, whyNotRerunnable } from './rerunnable.ts';

/** One camera's scenarios as they are set and as they would be. */
export interface CameraPlan {
  before: WatchSettings;
  /** Nothing when all is to be as it is. */
  after: WatchSettings | undefined;
}

export interface Plan {
  cameras: readonly CameraPlan[];
  scenarioIds: readonly string[];
  /** From when on they have to be told what they saw, to be by `from` as they were. */
  startAt: number;
}

/** Observations are kept for two weeks. */
const longestSpanMs = 31 * 86_400_000;
/** A situation is as it was after its dwell, its end, its cool-down and this: whoever is not seen for so long is forgotten. */
const marginMs = 15 * 60_000;
/** A vehicle that was alerted to is known for an hour after it was lost from sight, and again each time it is found. */
const vehicleMarginMs = 12 * 3_600_000;

/** What has to be run again to answer. Throws `whatif-invalid` and `whatif-unsupported`. */
export const planWhatIf = (resources: Resources, request: WhatIfRequest, ground: string): Plan => {
  const { from, to } = request;
  if (from >= to) throw whatIfError('whatif-invalid', 'the span ends before it begins');
  if (to - from > longestSpanMs) throw whatIfError('whatif-invalid', 'the span is longer than 31 days');
  const before = choose(resources, request);
  const after = changeAll(resources, request, before);
  const shared = { calendars: resources.calendars(), timezone: resources.site().timezone ?? defaultTimezone };
  const cameras = camerasOf(resources, request, ground)
    .map((camera) => ({
      before: { camera, scenarios: before, ...shared },
      after: after && { camera, scenarios: after, ...shared },
    }))
    .filter((plan) =>
      [plan.before, plan.after].some((settings) => settings && printSettings(settings).length > 0),
    );
  const warmUpMs = Math.max(...[...before, ...(after ?? [])].map(memoryMs));
  return { cameras, scenarioIds: before.map(({ id }) => id), startAt: Math.max(0, from - warmUpMs) };
};

const choose = (resources: Resources, { scenarioId, set }: WhatIfRequest): CameraScenario[] => {
  if (scenarioId === undefined) {
    if (set) throw whatIfError('whatif-invalid', 'which scenario is to be set otherwise?');
    const all = resources.scenarios().filter(isRerunnable);
    if (all.length === 0)
      throw whatIfError('whatif-unsupported', 'there is no scenario that can be run again');
    return all;
  }
  const scenario = resources.scenarios().find(({ id }) => id === scenarioId);
  if (!scenario) throw whatIfError('whatif-invalid', `there is no scenario '${scenarioId}'`);
  return [requireRerunnable(scenario)];
};

const requireRerunnable = (scenario: Scenario): CameraScenario => {
  if (isRerunnable(scenario)) return scenario;
  const { id, kind } = scenario;
  throw whatIfError(
    'whatif-unsupported',
    `scenario '${id}' is of the kind ${kind} and cannot be run again: ${whyNotRerunnable(scenario)}`,
  );
};

const changeAll = (
  resources: Resources,
  { set }: WhatIfRequest,
  scenarios: readonly CameraScenario[],
): CameraScenario[] | undefined =>
  set ? scenarios.map((scenario) => requireRerunnable(changeScenario(resources, scenario, set))) : undefined;

const camerasOf = (resources: Resources, { cameraIds }: WhatIfRequest, ground: string): readonly Camera[] => {
  const seen = resources.cameras().filter(({ place }) => place.startsWith(ground));
  for (const cameraId of cameraIds ?? []) {
    if (!seen.some(({ id }) => id === cameraId))
      throw whatIfError('whatif-invalid', `there is no camera '${cameraId}'`);
  }
  return cameraIds ? seen.filter(({ id }) => cameraIds.includes(id)) : seen;
};

/** How far back a scenario's state reaches. */
const memoryMs = (scenario: CameraScenario): number => {
  const spans = [
    'dwell' in scenario ? scenario.dwell : undefined,
    'clearAfter' in scenario ? scenario.clearAfter : undefined,
    scenario.coolDown,
    'limit' in scenario ? scenario.limit?.within : undefined,
  ];
  const isOfVehicles = scenario.kind === 'blockedLane' || scenario.kind === 'roadObstacle';
  const margin = isOfVehicles ? vehicleMarginMs : marginMs;
  return spans.reduce((sum, span) => sum + (span === undefined ? 0 : parseDuration(span)), margin);
};
