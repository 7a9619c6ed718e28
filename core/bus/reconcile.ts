import { jetstreamManager } from '@nats-io/jetstream';
import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { decodeTime } from 'ulid';
import { isAppError } from '../errors.ts';
import { OutboxAccount, ReconciledSpan, Reconciliation } from '../schema/reconciliation.ts';
import type { RaisedOnBus, Subscriber } from './bus.ts';
import { toBusError } from './connect-nats.ts';
import type { ReaderDeps } from './consume.ts';
import { busError } from './errors.ts';
import { readEach } from './follow.ts';
import { encodePayload } from './payloads.ts';
import { outboxSubject, reconcileSubject } from './subjects.ts';

const managerTimeoutMs = 5000;
/** Reading a day's journals takes milliseconds; who has not answered this long after the last one is away. */
const accountStallMs = 1500;
const accountMaxWaitMs = 6000;
/** Whoever compares waits for the outboxes, reads the stream and asks the history. */
const reconcileMs = 120_000;
/** An alert's id tells when it was raised, by the clock of whoever raised it; the server's may be behind. */
const idClockMarginMs = 3_600_000;

const spans = Compile(ReconciledSpan);
const accounts = Compile(OutboxAccount);
const reports = Compile(Reconciliation);

/** Answers what the outboxes of this machine wrote down. */
export const answerOutboxes = (
  nats: NatsConnection,
  answer: (span: ReconciledSpan) => Promise<OutboxAccount>,
): (() => void) => serve(nats, outboxSubject, undefined, answer);

/** What the outboxes of all machines that answer wrote down of a span. */
export const gatherOutboxes = async (
  nats: NatsConnection,
  span: ReconciledSpan,
): Promise<OutboxAccount[]> => {
  const found: OutboxAccount[] = [];
  try {
    const answers = await nats.requestMany(outboxSubject, encodePayload(span), {
      strategy: 'stall',
      stall: accountStallMs,
      maxWait: accountMaxWaitMs,
    });
    for await (const answer of answers) {
      const account = parse(answer.string());
      if (accounts.Check(account)) found.push(account);
    }
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) return [];
    if (error instanceof errors.NoRespondersError) return [];
    throw toBusError(error, 'asking the outboxes');
  }
  return found;
};

/** Answers what comes of comparing the sources. */
export const answerReconcile = (
  nats: NatsConnection,
  answer: (span: ReconciledSpan) => Promise<Reconciliation>,
): (() => void) => serve(nats, reconcileSubject, reconcileSubject, answer);

/** Has whoever owns the history compare the sources; nothing when nobody does. */
export const askReconcile = async (
  nats: NatsConnection,
  span: ReconciledSpan,
): Promise<Reconciliation | undefined> => {
  try {
    const answer = await nats.request(reconcileSubject, encodePayload(span), { timeout: reconcileMs });
    const report = parse(answer.string());
    if (reports.Check(report)) return report;
    throw busError('bus-unavailable', 'the API could not compare the sources; its log says why');
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) return undefined;
    if (error instanceof TimeoutError)
      throw busError('bus-unavailable', 'the API does not answer in time', { cause: error });
    throw isAppError(error) ? error : toBusError(error, 'reconciling');
  }
};

/** The alerts that the stream says were raised in a span. */
export const raisedOnBus = async (
  deps: ReaderDeps,
  { from, to }: ReconciledSpan,
  limit: number,
): Promise<RaisedOnBus[]> => {
  const raised = new Map<string, RaisedOnBus>();
  const since = Math.max(0, from - idClockMarginMs);
  await readEach(deps, 'ALERTS', 'alerts.>', since, ({ sequence, subject, value }) => {
    const { alertId, cameraId, type } = value;
    if (type !== 'raised' || raised.size >= limit || raised.has(alertId)) return;
    const at = decodeTime(alertId);
    if (at >= from && at < to) raised.set(alertId, { alertId, cameraId, sequence, subject });
  });
  return [...raised.values()];
};

/** Whoever reads alerts durably, and how far it has acknowledged. */
export const alertSubscribers = async (nats: NatsConnection): Promise<Subscriber[]> => {
  try {
    const manager = await jetstreamManager(nats, { timeout: managerTimeoutMs, checkAPI: false });
    const found: Subscriber[] = [];
    for await (const info of manager.consumers.list('ALERTS')) {
      const { durable_name: durable, filter_subject: one, filter_subjects: several } = info.config;
      if (durable === undefined) continue;
      found.push({
        durable,
        filters: several ?? (one === undefined ? [] : [one]),
        acknowledged: info.ack_floor.stream_seq,
        hasAll: info.num_pending === 0 && info.num_ack_pending === 0,
      });
    }
    return found;
  } catch (error) {
    throw toBusError(error, 'subscribers of ALERTS');
  }
};

const serve = <Answer>(
  nats: NatsConnection,
  subject: string,
  queue: string | undefined,
  answer: (span: ReconciledSpan) => Promise<Answer>,
): (() => void) => {
  const subscription = nats.subscribe(subject, {
    ...(queue === undefined ? {} : { queue }),
    callback: (error, message) => {
      if (error) return;
      const span = parse(message.string());
      if (!spans.Check(span)) return;
      void answer(span).then(
        (value) => message.respond(encodePayload(value)),
        () => message.respond('{}'), // fits no schema: whoever asks is told that it failed
      );
    },
  });
  return () => subscription.unsubscribe();
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no schema
  }
};
