import { numberedEventId } from '../../core/event-number.ts';
import type { AlertEvent, AlertObject, RaisedAlert } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Track } from '../../core/stages.ts';
import type { ToldAlert } from './alert-memory.ts';
import type { Drawings } from './drawings.ts';
import { clipBox } from './geometry.ts';
import type { Scene } from './scene.ts';
import type { Finding } from './watch.ts';

/** What an alert is raised for. */
export interface Cause {
  camera: Camera;
  scenario: Scenario;
  drawings: Drawings;
  finding: Finding;
  scene: Scene;
}

/** What of an alert no finding says. */
export type AlertStamp = Pick<RaisedAlert, 'alertId' | 'siteId' | 'modelId' | 'raisedAt'>;

/** The schema's bound on what an alert may show. */
const maxObjects = 100;

export const composeAlert = (
  { camera, scenario, drawings, finding, scene }: Cause,
  stamp: AlertStamp,
): RaisedAlert => {
  const { capturedAt, receivedAt, clockQuality } = scene.frame;
  return {
    ...stamp,
    cameraId: camera.id,
    cameraName: camera.name,
    place: camera.place,
    scenarioId: scenario.id,
    scenarioName: scenario.name,
    kind: scenario.kind,
    severity: scenario.severity,
    ...purposeOf(scenario),
    ...(drawings.zone ? { zoneId: drawings.zone.id } : {}),
    ...(drawings.line ? { lineId: drawings.line.id } : {}),
    startedAt: finding.startedAt,
    capturedAt: Math.round(capturedAt),
    clockQuality,
    receivedAt: Math.round(receivedAt),
    facts: finding.facts,
    objects: finding.tracks.slice(0, maxObjects).map(toAlertObject),
  };
};

const purposeOf = (scenario: Scenario): Pick<RaisedAlert, 'purpose'> => {
  if (scenario.kind === 'waterside') return { purpose: 'water' };
  return 'purpose' in scenario && scenario.purpose !== undefined ? { purpose: scenario.purpose } : {};
};

export const toRaisedEvent = (alert: RaisedAlert): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${alert.alertId}.raised`,
  type: 'raised',
  alertId: alert.alertId,
  cameraId: alert.cameraId,
  place: alert.place,
  at: alert.raisedAt,
  alert,
});

type Stamp = Pick<AlertEvent, 'cameraId' | 'at'>;

/** That it goes on, or has grown, as `facts` now say; `number` counts such events of the alert. */
export const toLaterEvent = (
  type: 'resumed' | 'updated',
  { situation, facts }: Pick<ToldAlert, 'situation' | 'facts'>,
  number: number,
  stamp: Stamp & { capturedAt: number },
): AlertEvent => ({
  schemaVersion: 1,
  eventId: numberedEventId(situation.alertId, type, number),
  type,
  alertId: situation.alertId,
  place: situation.place,
  ...stamp,
  facts,
});

export const toEndedEvent = (
  { situation, resumptions }: Pick<ToldAlert, 'situation' | 'resumptions'>,
  stamp: Stamp & { endedAt: number },
): AlertEvent => ({
  schemaVersion: 1,
  eventId: numberedEventId(situation.alertId, 'ended', resumptions),
  type: 'ended',
  alertId: situation.alertId,
  place: situation.place,
  ...stamp,
});

const toAlertObject = ({ trackId, label, score, box }: Track): AlertObject => ({
  trackId,
  label,
  score: Number.isFinite(score) ? Math.min(1, Math.max(0, score)) : 0,
  box: clipBox(box),
});
