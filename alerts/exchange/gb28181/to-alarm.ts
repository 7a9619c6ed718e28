import type { RaisedAlert } from '../../../core/schema/alert.ts';
import type { PictureCondition, ScenarioKind } from '../../../core/schema/scenario.ts';
import type { Severity } from '../../../core/schema/severity.ts';
import { toLocalTime } from '../local-time.ts';
import { kindWords } from '../words.ts';

/** An alarm notification of GB/T 28181, element by element. Where each comes from: docs/integration/gb28181.md. */
export interface Gb28181Alarm {
  CmdType: 'Alarm';
  SN: number;
  DeviceID: string;
  AlarmPriority: '1' | '2' | '3' | '4';
  AlarmMethod: '2' | '5' | '7';
  AlarmTime: string;
  AlarmDescription: string;
  Info?: { AlarmType: string; AlarmTypeParam?: { EventType: '1' } };
}

export interface AlarmContext {
  /** The camera's own 20-digit code. */
  deviceId: string;
  /** Number of the command. */
  sn: number;
  timezone: string;
}

const priorities: Readonly<Record<Severity, Gb28181Alarm['AlarmPriority']>> = {
  urgent: '1',
  high: '2',
  medium: '3',
  low: '4',
};

type Code = Pick<Gb28181Alarm, 'AlarmMethod' | 'Info'>;

const video = (type: string): Code => ({ AlarmMethod: '5', Info: { AlarmType: type } });
const device = (type: string): Code => ({ AlarmMethod: '2', Info: { AlarmType: type } });
/** Abnormal video: something is in the picture that has no code. */
const unnamed = video('11');

const codes: Readonly<Record<ScenarioKind, Code>> = {
  intrusion: { AlarmMethod: '5', Info: { AlarmType: '6', AlarmTypeParam: { EventType: '1' } } },
  lineCrossing: video('5'),
  loitering: video('8'),
  crowd: video('10'),
  wrongWay: video('7'),
  blockedLane: unnamed,
  roadObstacle: unnamed,
  waterside: unnamed,
  fireSmoke: unnamed,
  cameraHealth: unnamed,
  // Of counts and of other alerts: no one picture shows it.
  unusualActivity: { AlarmMethod: '7' },
  composite: { AlarmMethod: '7' },
};

const conditionCodes: Partial<Record<PictureCondition, Code>> = {
  offline: device('1'),
  covered: device('2'),
  moved: device('2'),
};

/** What a platform is told of an alert. Says nothing of persons but that a scenario found its situation. */
export const toAlarm = (alert: RaisedAlert, { deviceId, sn, timezone }: AlarmContext): Gb28181Alarm => {
  const { kind, severity, raisedAt, alertId, facts } = alert;
  const condition = kind === 'cameraHealth' ? facts.condition : undefined;
  return {
    ...{ CmdType: 'Alarm', SN: sn, DeviceID: deviceId, AlarmPriority: priorities[severity] },
    ...((condition && conditionCodes[condition]) ?? codes[kind]),
    AlarmTime: toLocalTime(raisedAt, timezone),
    AlarmDescription: `${kindWords[kind]} ${alertId}`,
  };
};
