import { createHash } from 'node:crypto';
import { mayWatch } from '../config/check-law.ts';
import { hasNeeds, isInScope, needsOf } from '../config/scope.ts';
import type { Camera } from '../schema/camera.ts';
import type { ObservationChunk } from '../schema/observation-chunk.ts';
import { type CameraScenario, isCameraScenario, type Scenario } from '../schema/scenario.ts';
import type { Calendar } from '../schema/schedule.ts';

export interface WatchSettings {
  camera: Camera;
  scenarios: readonly Scenario[];
  calendars: readonly Calendar[];
  timezone: string;
}

/** By which settings each scenario watches a camera, as fingerprints. Scenarios that do not watch it have none. */
export const printSettings = (settings: WatchSettings): ObservationChunk['settings'] =>
  settings.scenarios
    .filter(isCameraScenario)
    .filter((scenario) => isInScope(scenario, settings.camera) && mayWatch(scenario, settings.camera))
    .filter((scenario) => hasNeeds(scenario, settings.camera))
    .map((scenario) => ({ scenarioId: scenario.id, print: printScenario(scenario, settings) }));

/** Whether two fingerprints are of settings by which the same is decided; they may differ in names and severity. */
export const decideAlike = (one: string, other: string): boolean =>
  one.slice(0, halfLength) === other.slice(0, halfLength);

/** The first half is of what decides; the second of all that makes a scenario's watch begin anew when it changes. */
const halfLength = 8;

const printScenario = (scenario: CameraScenario, settings: WatchSettings): string => {
  const { camera, calendars, timezone } = settings;
  const { name, severity, actions, cameras, places, ...deciding } = scenario;
  const needs = needsOf(scenario);
  const drawn = [
    camera.zones?.find(({ id }) => id === needs.zone)?.polygon,
    camera.lines?.find(({ id }) => id === needs.line)?.points,
    camera.masks?.map(({ polygon }) => polygon),
  ];
  const when = scenario.schedule ? [calendars, timezone] : [];
  const rest = [camera.name, camera.place, name, severity, actions, cameras, places, calendars];
  return digest([deciding, drawn, when]) + digest(rest);
};

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex').slice(0, halfLength);

/** Keys may stand in any order. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
