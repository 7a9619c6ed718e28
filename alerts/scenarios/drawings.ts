import { needsOf } from '../../core/config/scope.ts';
import type { Camera, Line, Zone } from '../../core/schema/camera.ts';
import type { Scenario } from '../../core/schema/scenario.ts';

/** What is drawn over a camera's picture, as far as one scenario goes by it. */
export interface Drawings {
  zone?: Zone;
  line?: Line;
}

/** Finds the zone and line that a scenario names; nothing when the camera lacks one of them. */
export const findDrawings = (camera: Camera, scenario: Scenario): Drawings | undefined => {
  const needs = needsOf(scenario);
  const zone = camera.zones?.find(({ id }) => id === needs.zone);
  const line = camera.lines?.find(({ id }) => id === needs.line);
  const lacks = (needs.zone !== undefined && !zone) || (needs.line !== undefined && !line);
  return lacks ? undefined : { ...(zone ? { zone } : {}), ...(line ? { line } : {}) };
};
