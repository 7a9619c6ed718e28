import type { Camera } from '../schema/camera.ts';
import type { Scenario } from '../schema/scenario.ts';

type Scope = Pick<Scenario, 'cameras' | 'places'>;

/** Whether a scenario means a camera by its place rather than by its name. */
const isInPlaces = ({ places }: Scope, { place }: Pick<Camera, 'place'>): boolean =>
  places?.some((code) => place.startsWith(code)) ?? false;

/** Whether a scenario names a camera, or a place that it stands in. */
export const isInScope = (scenario: Scope, camera: Pick<Camera, 'id' | 'place'>): boolean =>
  (scenario.cameras?.includes(camera.id) ?? false) || isInPlaces(scenario, camera);

/** The zone, and the line, without which a scenario cannot watch a camera. */
export const needsOf = (scenario: Scenario): { zone: string | undefined; line: string | undefined } => ({
  zone: 'zone' in scenario ? scenario.zone : undefined,
  line:
    scenario.kind === 'lineCrossing'
      ? scenario.line
      : scenario.kind === 'wrongWay'
        ? scenario.along
        : undefined,
});

/** Whether a camera has the zone and line that a scenario wants. */
export const hasNeeds = (scenario: Scenario, { zones, lines }: Pick<Camera, 'zones' | 'lines'>): boolean => {
  const { zone, line } = needsOf(scenario);
  return (
    (zone === undefined || (zones?.some(({ id }) => id === zone) ?? false)) &&
    (line === undefined || (lines?.some(({ id }) => id === line) ?? false))
  );
};
