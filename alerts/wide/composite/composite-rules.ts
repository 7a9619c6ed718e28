import { parseDuration } from '../../../core/config/quantity.ts';
import { isInScope } from '../../../core/config/scope.ts';
import type { Alert, AlertFacts } from '../../../core/schema/alert.ts';
import type { ScenarioOf } from '../../../core/schema/scenario.ts';
import { type Candidate, fits } from './match-parts.ts';

export type CompositeScenario = ScenarioOf<'composite'>;

const townshipDigits = 9;

const spanOf = ({ span }: CompositeScenario) => span ?? 'village';

/** Where an alert made of alerts that end with this one belongs. */
export const placeOf = (scenario: CompositeScenario, { place }: Pick<Alert, 'place'>): string =>
  spanOf(scenario) === 'township' ? place.slice(0, townshipDigits) : place;

/** What counts as one place: alerts with the same are near each other. */
export const spotOf = (
  scenario: CompositeScenario,
  { cameraId, place }: Pick<Alert, 'cameraId' | 'place'>,
): string => {
  switch (spanOf(scenario)) {
    case 'camera':
      return cameraId;
    case 'village':
      return place;
    case 'township':
      return place.slice(0, townshipDigits);
  }
};

export const isPart = (scenario: CompositeScenario, alert: Alert): boolean =>
  alert.kind !== 'composite' &&
  alert.state !== 'falseAlarm' &&
  alert.state !== 'duplicate' &&
  scenario.parts.some((part) => fits(part, alert)) &&
  isInScope(scenario, { id: alert.cameraId, place: alert.place });

const overStates: ReadonlySet<Alert['state']> = new Set(['resolved', 'falseAlarm', 'duplicate', 'reviewed']);

export const isGoingOn = ({ endedAt, state }: Alert): boolean =>
  endedAt === undefined && !overStates.has(state);

/** An alert about several cameras counts for each of them. */
export const toCandidates = ({
  alertId,
  cameraId,
  otherCameras = [],
  scenarioId,
  startedAt,
}: Alert): Candidate[] =>
  [cameraId, ...otherCameras].map((id) => ({ alertId, cameraId: id, scenarioId, startedAt }));

export const camerasOf = (parts: readonly Alert[]): string[] => [
  ...new Set(parts.flatMap(({ cameraId, otherCameras = [] }) => [cameraId, ...otherCameras])),
];

export const toFacts = (scenario: CompositeScenario, parts: readonly Alert[]): AlertFacts => {
  const starts = parts.map(({ startedAt }) => startedAt);
  return {
    dwellMs: Math.max(...starts) - Math.min(...starts),
    limitDwellMs: parseDuration(scenario.within),
    cameras: camerasOf(parts).length,
  };
};
