import type { CameraScenario } from '../../core/schema/scenario.ts';
import { BlockedLaneWatch } from './blocked-lane.ts';
import { CrowdWatch } from './crowd.ts';
import type { Drawings } from './drawings.ts';
import { IntrusionWatch } from './intrusion.ts';
import type { Alerting, Watch } from './watch.ts';

/** Makes what watches a camera for one scenario; nothing while the camera lacks what it takes. */
export const createWatch = (
  scenario: CameraScenario,
  { zone }: Drawings,
  alerting: Alerting,
): Watch | undefined => {
  switch (scenario.kind) {
    case 'intrusion':
      return zone && new IntrusionWatch(scenario, zone, alerting);
    case 'crowd':
      return zone && new CrowdWatch(scenario, zone, alerting);
    case 'blockedLane':
      return zone && new BlockedLaneWatch(scenario, zone, alerting);
    default:
      return undefined;
  }
};
