import { createHash } from 'node:crypto';
import type { RaisedAlert } from '../../../core/schema/alert.ts';
import { toCompactTime } from '../local-time.ts';

/** As whom a camera is known above, and by whose wall clock. */
export interface ObjectContext {
  /** The camera's 20-digit code; the site's own when it has none. */
  deviceId: string;
  timezone: string;
}

/** Two digits of an object's kind within its id. */
export const objectTypes = {
  motorVehicle: '02',
  nonMotorVehicle: '03',
  thing: '04',
  scene: '05',
  label: '07',
};

/** 99: neither a video nor a picture is sent along. */
const sourceType = '99';

/** 41 characters: device, kind of source, time, serial. The same alert has the same one. */
export const toSourceId = (alert: RaisedAlert, { deviceId, timezone }: ObjectContext): string =>
  `${deviceId}${sourceType}${toCompactTime(alert.raisedAt, timezone)}${toSerial(alert.alertId)}`;

/** 48 characters: its source, kind, serial. */
export const toObjectId = (sourceId: string, type: string, number: number): string =>
  `${sourceId}${type}${String(number).padStart(5, '0')}`;

/** 33 characters: twelve digits of whose it is, kind, time, serial. */
export const toMessageId = (
  alert: RaisedAlert,
  { deviceId, timezone }: ObjectContext,
  type: string,
): string =>
  `${deviceId.slice(0, 12)}${type}${toCompactTime(alert.raisedAt, timezone)}${toSerial(alert.alertId)}`;

/** Five digits of an alert's own: two of one second and camera differ, but for one pair in a hundred thousand. */
const toSerial = (alertId: string): string =>
  String(createHash('sha256').update(alertId).digest().readUInt32BE(0) % 100_000).padStart(5, '0');
