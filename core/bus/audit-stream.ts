import { type JetStreamClient, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { recordOf } from '../audit/audit-row.ts';
import type { AuditRecord } from '../schema/audit.ts';
import { askAuditRows } from './audit-rows.ts';
import type { BusMessage } from './bus.ts';
import { toBusError } from './connect-nats.ts';
import { busError } from './errors.ts';
import { latestOf } from './latest-of.ts';
import { encodePayload } from './payloads.ts';
import { auditAge } from './streams.ts';
import { auditSubject } from './subjects.ts';

const managerTimeoutMs = 5000;

export const appendAudit = async (
  js: JetStreamClient,
  record: AuditRecord,
  lastSubjectSequence: number,
): Promise<void> => {
  try {
    await js.publish(auditSubject, encodePayload(record), {
      msgID: record.hash,
      expect: { lastSubjectSequence },
    });
  } catch (error) {
    throw toBusError(error, `audit record ${record.number}`);
  }
};

/**
 * The last record. When the stream has let all of them go, the history knows the last: the chain never begins anew.
 * Throws `bus-unavailable` when nobody can tell.
 */
export const lastAudit = async (nats: NatsConnection): Promise<BusMessage<AuditRecord> | undefined> => {
  const last = await latestOf(nats, 'AUDIT', auditSubject);
  if (last) return last;
  const { messages, last_seq: lastSequence } = await auditState(nats);
  // Somebody else wrote the first one meanwhile.
  if (messages > 0) return latestOf(nats, 'AUDIT', auditSubject);
  const [newest] = (await askAuditRows(nats, { after: 0, isNewest: true })) ?? [];
  const value = newest && recordOf(newest);
  if (value) return { sequence: 0, subject: auditSubject, value };
  if (lastSequence === 0) return undefined;
  throw busError('bus-unavailable', 'the last record of the audit log is in the history: start the API');
};

/** Records older than this are let go from the stream; 0: none are. Throws `bus-unavailable`. */
export const limitAuditAge = async (nats: NatsConnection, maxAgeMs: number): Promise<void> => {
  try {
    const manager = await jetstreamManager(nats, { timeout: managerTimeoutMs, checkAPI: false });
    await manager.streams.update('AUDIT', auditAge(maxAgeMs));
  } catch (error) {
    throw toBusError(error, 'the age of the audit log');
  }
};

const auditState = async (nats: NatsConnection) => {
  try {
    const manager = await jetstreamManager(nats, { timeout: managerTimeoutMs, checkAPI: false });
    return (await manager.streams.info('AUDIT')).state;
  } catch (error) {
    throw toBusError(error, 'bus stream AUDIT');
  }
};
