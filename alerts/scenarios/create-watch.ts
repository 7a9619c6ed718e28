import { isUnfit, neededLabels } from '../../core/config/check-model.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Label } from '../../core/schema/label.ts';
import type { CameraScenario } from '../../core/schema/scenario.ts';
import type { ActivityNormals } from '../../core/stages.ts';
import { BlockedLaneWatch } from './blocked-lane.ts';
import { CrowdWatch } from './crowd.ts';
import type { Drawings } from './drawings.ts';
import { FireSmokeWatch } from './fire-smoke.ts';
import { IntrusionWatch } from './intrusion.ts';
import { UnequippedWatch } from './unequipped-watch.ts';
import { UnusualActivityWatch } from './unusual-activity.ts';
import type { Alerting, Watch } from './watch.ts';

/** What there is to watch with. */
export interface Equipment {
  modelId: string;
  /** The classes that the model may report. */
  modelLabels: readonly Label[];
  normals: ActivityNormals;
}

/** Makes what watches a camera for one scenario; nothing while the camera lacks what it takes. */
export const createWatch = (
  scenario: CameraScenario,
  { zone }: Drawings,
  alerting: Alerting,
  { id: cameraId }: Pick<Camera, 'id'>,
  { modelId, modelLabels, normals }: Equipment,
): Watch | undefined => {
  if (isUnfit(scenario, modelLabels)) return new UnequippedWatch(neededLabels(scenario), modelId, alerting);
  switch (scenario.kind) {
    case 'intrusion':
      return zone && new IntrusionWatch(scenario, zone, alerting);
    case 'crowd':
      return zone && new CrowdWatch(scenario, zone, alerting);
    case 'blockedLane':
      return zone && new BlockedLaneWatch(scenario, zone, alerting);
    case 'fireSmoke':
      return new FireSmokeWatch(scenario, zone, alerting);
    case 'unusualActivity':
      return new UnusualActivityWatch(scenario, cameraId, normals, alerting);
    default:
      return undefined;
  }
};
