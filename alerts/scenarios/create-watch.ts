import type { CameraScenario } from '../../core/schema/scenario.ts';
import { BlockedLaneWatch } from './blocked-lane.ts';
import { CrowdWatch } from './crowd.ts';
import type { Drawings } from './drawings.ts';
import { IntrusionWatch } from './intrusion.ts';
import { LineCrossingWatch, type OnCrossing } from './line-crossing.ts';
import { LoiteringWatch } from './loitering.ts';
import { RoadObstacleWatch } from './road-obstacle.ts';
import type { Alerting, Watch } from './watch.ts';
import { WatersideWatch } from './waterside.ts';
import { WrongWayWatch } from './wrong-way.ts';

/** Makes what watches a camera for one scenario; nothing while the camera lacks what it takes. */
export const createWatch = (
  scenario: CameraScenario,
  { zone, line }: Drawings,
  alerting: Alerting,
  onCrossing: OnCrossing,
): Watch | undefined => {
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
    case 'waterside':
      return zone && new WatersideWatch(scenario, zone, alerting);
    case 'roadObstacle':
      return zone && new RoadObstacleWatch(scenario, zone, alerting);
    default:
      return undefined;
  }
};
