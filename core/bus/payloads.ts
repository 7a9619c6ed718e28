import { Compile } from 'typebox/compile';
import { AlertEvent } from '../schema/alert.ts';
import { AuditRecord } from '../schema/audit.ts';
import { Handover } from '../schema/handover.ts';
import { CameraStatus, RoleStatus } from '../schema/health.ts';
import { LineCount } from '../schema/line-count.ts';
import { ObservationChunk } from '../schema/observation-chunk.ts';
import { TrackChunk } from '../schema/track.ts';
import type { BusPayloads, BusStreamName } from './bus.ts';

const validators = {
  ALERTS: Compile(AlertEvent),
  TRACKS: Compile(TrackChunk),
  OBSERVATIONS: Compile(ObservationChunk),
  COUNTS: Compile(LineCount),
  HEALTH: Compile(CameraStatus),
  ROLES: Compile(RoleStatus),
  AUDIT: Compile(AuditRecord),
  HANDOVERS: Compile(Handover),
};

/** The message's value when it is JSON and fits its stream's schema. */
export const decodePayload = <Name extends BusStreamName>(
  stream: Name,
  bytes: Uint8Array,
): BusPayloads[Name] | undefined => {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
    );
    return validators[stream].Check(value) ? (value as BusPayloads[Name]) : undefined;
  } catch {
    return undefined; // not JSON: the caller counts it as damaged
  }
};

export const encodePayload = (value: unknown): string => JSON.stringify(value);
