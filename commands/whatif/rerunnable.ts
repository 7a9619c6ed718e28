import type { CameraScenario, Scenario } from '../../core/schema/scenario.ts';

/** Why a scenario cannot be run again over what is stored; nothing when it can. */
export const whyNotRerunnable = (scenario: Scenario): string | undefined => {
  switch (scenario.kind) {
    case 'cameraHealth':
      return 'it goes by the state of cameras, which is not stored';
    case 'composite':
      return 'it goes by alerts of other scenarios: run those again';
    case 'unusualActivity':
      return 'it goes by weeks of counts, not by single looks';
    case 'roadObstacle':
      return scenario.obstacles?.includes('debris') || !scenario.obstacles
        ? 'it looks for debris in the picture itself, which is not stored; try it with obstacles=[vehicle]'
        : undefined;
    default:
      return undefined;
  }
};

export const isRerunnable = (scenario: Scenario): scenario is CameraScenario =>
  whyNotRerunnable(scenario) === undefined;
