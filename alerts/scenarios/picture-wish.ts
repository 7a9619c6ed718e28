import { hasNeeds, isInScope } from '../../core/config/scope.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Scenario, ScenarioOf } from '../../core/schema/scenario.ts';
import type { PictureWish } from '../../core/stages.ts';

type RoadObstacle = ScenarioOf<'roadObstacle'>;
type Obstacle = NonNullable<RoadObstacle['obstacles']>[number];

/** Smallest side of debris unless a scenario says otherwise, as a share of the picture's height: four of the gate's pixels. */
export const leastDebris = 0.04;

export const obstaclesOf = ({ obstacles }: RoadObstacle): readonly Obstacle[] =>
  obstacles ?? ['vehicle', 'debris'];

/** What the scenarios of a camera want of its pictures themselves; nothing when none wants anything. */
export const pictureWishOf = (camera: Camera, scenarios: readonly Scenario[]): PictureWish | undefined => {
  const sizes = scenarios.flatMap((scenario) => {
    if (scenario.kind !== 'roadObstacle' || !isInScope(scenario, camera) || !hasNeeds(scenario, camera))
      return [];
    return obstaclesOf(scenario).includes('debris') ? [scenario.minSize ?? leastDebris] : [];
  });
  return sizes.length > 0 ? { minSize: Math.min(...sizes) } : undefined;
};
