import { isUnfit, neededLabels } from '../../core/config/check-model.ts';
import type { Label } from '../../core/schema/label.ts';
import type { CameraScenario } from '../../core/schema/scenario.ts';
import type { ActivityNormals } from '../../core/stages.ts';
import { BlockedLaneWatch } from './blocked-lane.ts';
import { CrowdWatch } from './crowd.ts';
import type { Drawings } from './drawings.ts';
import { FireSmokeWatch } from './fire-smoke.ts';
import { IntrusionWatch } from './intrusion.ts';
import { LineCrossingWatch, type OnCrossing } from './line-crossing.ts';
import { LoiteringWatch } from './loitering.ts';
import { RoadObstacleWatch } from './road-obstacle.ts';
import { UnequippedWatch } from './unequipped-watch.ts';
import { UnusualActivityWatch } from './unusual-activity.ts';
import type { Alerting, Watch } from './watch.ts';
import { WatersideWatch } from './waterside.ts';
import { WrongWayWatch } from './wrong-way.ts';

/** What there is to watch with. */
export interface Equipment {
  modelId: string;
  /** The classes that the model may report. */
  modelLabels: readonly Label[];
  normals: ActivityNormals;
}

/** Around one watch: its camera, and who hears of crossings that need no alert. */
export interface WatchSurroundings extends Equipment {
  cameraId: string;
  onCrossing: OnCrossing;
}

/** Makes what watches a camera for one scenario; nothing while the camera lacks what it takes. */
export const createWatch = (
  scenario: CameraScenario,
  { zone, line }: Drawings,
  alerting: Alerting,
  { cameraId, onCrossing, modelId, modelLabels, normals }: WatchSurroundings,
): Watch | undefined => {
  if (isUnfit(scenario, modelLabels)) return new UnequippedWatch(neededLabels(scenario), modelId, alerting);
  switch (scenario.kind) {
    case 'intrusion':
      return zone && new IntrusionWatch(scenario, zone, alerting);
    case 'lineCrossing':
      return line && new LineCrossingWatch(scenario, line, alerting, onCrossing);
    case 'loitering':
      return zone && new LoiteringWatch(scenario, zone, alerting);
    case 'crowd':
      return zone && new CrowdWatch(scenario, zone, alerting);
    case 'wrongWay':
      return zone && line && new WrongWayWatch(scenario, { zone, along: line }, alerting);
    case 'blockedLane':
      return zone && new BlockedLaneWatch(scenario, zone, alerting);
    case 'fireSmoke':
      return new FireSmokeWatch(scenario, zone, alerting);
    case 'unusualActivity':
      return new UnusualActivityWatch(scenario, cameraId, normals, alerting);
    case 'waterside':
      return zone && new WatersideWatch(scenario, zone, alerting);
    case 'roadObstacle':
      return zone && new RoadObstacleWatch(scenario, zone, alerting);
    default:
      return undefined;
  }
};
