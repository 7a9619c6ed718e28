import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { isAppError } from '../errors.ts';
import { AuditRow, AuditRowsRequest } from '../schema/audit.ts';
import { toBusError } from './connect-nats.ts';
import { busError } from './errors.ts';
import { encodePayload } from './payloads.ts';
import { auditRowsSubject } from './subjects.ts';

const answerMs = 30_000;

const requests = Compile(AuditRowsRequest);
const answers = Compile(Type.Array(AuditRow));

/** Answers with rows of the audit log as the history has them. */
export const answerAuditRows = (
  nats: NatsConnection,
  answer: (request: AuditRowsRequest) => Promise<AuditRow[]>,
): (() => void) => {
  const subscription = nats.subscribe(auditRowsSubject, {
    queue: auditRowsSubject,
    callback: (error, message) => {
      const request = error ? undefined : parse(message.string());
      if (!requests.Check(request)) return;
      void answer(request).then(
        (rows) => message.respond(encodePayload(rows)),
        () => message.respond('{}'), // fits no schema: whoever asks is told that it failed
      );
    },
  });
  return () => subscription.unsubscribe();
};

/** Rows as whoever owns the history has them; nothing when nobody does. Throws `bus-unavailable`. */
export const askAuditRows = async (
  nats: NatsConnection,
  request: AuditRowsRequest,
): Promise<AuditRow[] | undefined> => {
  try {
    const answer = await nats.request(auditRowsSubject, encodePayload(request), { timeout: answerMs });
    const rows = parse(answer.string());
    if (answers.Check(rows)) return rows;
    throw busError('bus-unavailable', 'the API could not read the audit log; its log says why');
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) return undefined;
    if (error instanceof TimeoutError)
      throw busError('bus-unavailable', 'the API does not answer in time', { cause: error });
    throw isAppError(error) ? error : toBusError(error, 'asking for the audit log');
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no schema
  }
};
