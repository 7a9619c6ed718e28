import type { CameraPositions, MapView, MarkKind } from '../../../../api/schema/map-views.ts';
import type { OpenAlertView } from '../../../../api/schema/open-alert-view.ts';
import type { MapCoordinates } from '../../../../core/schema/map.ts';
import { type Severity, severities } from '../../../../core/schema/severity.ts';
import { type LonLat, toMap } from '../ground/shift.ts';

/** How a camera does, as a map tells it: `awake` and `dormant` are online. */
export const conditions = ['awake', 'dormant', 'unusable', 'dead', 'off', 'unknown'] as const;
export type Condition = (typeof conditions)[number];

/** One thing on the map. */
export interface Spot {
  kind: 'camera' | MarkKind;
  id: string;
  name: string;
  place: string;
  /** As the map's tiles have it; absent where no location is on record. */
  at?: LonLat;
  /** Of a camera. */
  condition?: Condition;
  /** The severest of a camera's open alerts, and how many there are. */
  severity?: Severity;
  alerts: number;
}

export interface SpotSources {
  positions: CameraPositions | undefined;
  marks: MapView['marks'];
  openAlerts: readonly Pick<OpenAlertView, 'cameraId' | 'severity'>[];
  coordinates: MapCoordinates;
}

/** All things on the map, cameras first, the severest alerts before others. */
export const toSpots = ({ positions, marks, openAlerts, coordinates }: SpotSources): Spot[] => {
  const alertsByCamera = countAlerts(openAlerts);
  const cameras = positions ? toCameras(positions, alertsByCamera, coordinates) : [];
  const others = marks.map(({ kind, id, name, place, location }): Spot => {
    const at = location && toMap([location.longitude, location.latitude], coordinates);
    return { kind, id, name, place, alerts: 0, ...(at ? { at } : {}) };
  });
  return [...cameras.sort(byPressure), ...others];
};

type Alerted = Map<string, { severity: Severity; alerts: number }>;

const countAlerts = (openAlerts: SpotSources['openAlerts']): Alerted => {
  const found: Alerted = new Map();
  for (const { cameraId, severity } of openAlerts) {
    const before = found.get(cameraId);
    const isSeverer = !before || severities.indexOf(severity) < severities.indexOf(before.severity);
    const alerts = (before?.alerts ?? 0) + 1;
    found.set(cameraId, { severity: isSeverer ? severity : before.severity, alerts });
  }
  return found;
};

const toCameras = (told: CameraPositions, alerted: Alerted, coordinates: MapCoordinates): Spot[] => {
  const unusable = new Set(told.unusable);
  const awake = new Set(told.awake);
  return told.ids.map((id, index) => {
    const longitude = told.longitudes[index];
    const latitude = told.latitudes[index];
    const isPlaced = typeof longitude === 'number' && typeof latitude === 'number';
    return {
      kind: 'camera',
      id,
      name: told.names[index] ?? id,
      place: told.places[index] ?? '',
      ...(isPlaced ? { at: toMap([longitude, latitude], coordinates) } : {}),
      condition: conditionOf(told.states[index], unusable.has(index), awake.has(index)),
      alerts: 0,
      ...alerted.get(id),
    };
  });
};

const conditionOf = (
  state: CameraPositions['states'][number] | undefined,
  isUnusable: boolean,
  isAwake: boolean,
): Condition => {
  if (state === undefined || state === 'unknown') return 'unknown';
  if (state === 'off') return 'off';
  if (state !== 'live') return 'dead';
  if (isUnusable) return 'unusable';
  return isAwake ? 'awake' : 'dormant';
};

const rank = ({ severity }: Spot): number =>
  severity === undefined ? severities.length : severities.indexOf(severity);

const byPressure = (a: Spot, b: Spot): number => rank(a) - rank(b);
