import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { millis, type NatsConnection } from '@nats-io/transport-node';
import { decodeTime } from 'ulid';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Clock } from '../runtime/clock.ts';
import type { AlertEvent } from '../schema/alert.ts';
import { answerAuditRows, askAuditRows } from './audit-rows.ts';
import { appendAudit, lastAudit, limitAuditAge } from './audit-stream.ts';
import type { Bus, BusStreamName, StreamUsage } from './bus.ts';
import { type BusAddress, connectNats, toBusError } from './connect-nats.ts';
import { consumeDurable } from './consume.ts';
import { answerExplain, askExplain } from './explain.ts';
import { followStream, readAll } from './follow.ts';
import { latestOf } from './latest-of.ts';
import { answerLiveDoor, askLiveDoor } from './live-door.ts';
import { answerLoudspeakers, commandLoudspeaker } from './loudspeakers.ts';
import { encodePayload } from './payloads.ts';
import {
  alertSubscribers,
  answerOutboxes,
  answerReconcile,
  askReconcile,
  gatherOutboxes,
  raisedOnBus,
} from './reconcile.ts';
import { defaultStreamLimits, type StreamLimits, streamDefinitions } from './streams.ts';
import {
  alertSubject,
  anyAlertFilter,
  cameraAlertsFilter,
  countSubject,
  groundFilter,
  handoverSubject,
  healthSubject,
  observationSubject,
  roleSubject,
  trackSubject,
} from './subjects.ts';
import { answerWhatIf, askWhatIf } from './what-if.ts';

export interface BusOptions extends BusAddress {
  /** Says in NATS' own lists who this is. */
  name: string;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** The bus together with the connection under it, for the configuration bucket and the leases. */
export interface ConnectedBus extends Bus {
  readonly nats: NatsConnection;
}

/** A publish that has not been answered after this long is tried again by whoever asked. */
const publishTimeoutMs = 5000;

/** An alert's id tells when it was raised, by the clock of whoever raised it; the server's may be behind. */
const idClockMarginMs = 3_600_000;

/** How far back a camera's open alerts are looked for after a restart. */
const openAlertsMaxAgeMs = 30 * 86_400_000;

/**
 * Connects to NATS and goes on reconnecting for as long as the program lives. Rejects with `bus-unavailable` when
 * nobody answers at first, or `bus-unauthorised`.
 */
export const connectBus = async (options: BusOptions): Promise<ConnectedBus> => {
  const { clock, log, metrics } = options;
  const nats = await connectNats(options);
  const js = jetstream(nats, { timeout: publishTimeoutMs });
  let isConnected = true;
  const watching = (async () => {
    for await (const status of nats.status()) {
      if (status.type === 'disconnect') isConnected = false;
      if (status.type === 'reconnect') isConnected = true;
      if (status.type === 'disconnect' || status.type === 'reconnect') {
        log.info({ service: 'bus', state: status.type }, 'bus connection');
        metrics.count(
          'xueliang_bus_connection_changes_total',
          'Times the bus connection was lost or came back',
          {
            change: status.type,
          },
        );
      }
    }
  })();
  const tell = (subject: string, value: unknown): void => {
    if (isConnected && !nats.isClosed()) nats.publish(subject, encodePayload(value));
  };

  return {
    nats,
    get isConnected() {
      return isConnected;
    },
    appendAlertEvent: (event) => appendAlertEvent(js, event),
    appendAlertEventAfter: (event, sequence) => appendAlertEventAfter(js, event, sequence),
    eventsOfAlert: (alertId) =>
      readAll(
        { js, clock, log, metrics },
        'ALERTS',
        anyAlertFilter(alertId),
        decodeTime(alertId) - idClockMarginMs,
      ),
    appendAudit: (record, sequence) => appendAudit(js, record, sequence),
    lastAudit: () => lastAudit(nats),
    limitAuditAge: (maxAgeMs) => limitAuditAge(nats, maxAgeMs),
    answerAuditRows: (answer) => answerAuditRows(nats, answer),
    askAuditRows: (request) => askAuditRows(nats, request),
    appendHandover: async (handover) => {
      await js
        .publish(handoverSubject(handover), encodePayload(handover), { msgID: handover.handoverId })
        .catch((error: unknown) => Promise.reject(toBusError(error, `handover ${handover.handoverId}`)));
    },
    handoversOf: (ground, sinceMs) =>
      readAll({ js, clock, log, metrics }, 'HANDOVERS', groundFilter('handovers', ground), sinceMs),
    appendTracks: async (chunk) => {
      const { place, rows } = chunk;
      const msgID = `${rows[0]?.trackId}+${rows.length}`;
      await js
        .publish(trackSubject(chunk), encodePayload(chunk), { msgID })
        .catch((error: unknown) => Promise.reject(toBusError(error, `${rows.length} tracks of ${place}`)));
    },
    appendObservations: async (chunk) => {
      const { cameraId, runAt, number } = chunk;
      const msgID = `${cameraId}.${runAt}.${number}`;
      await js
        .publish(observationSubject(chunk), encodePayload(chunk), { msgID })
        .catch((error: unknown) => Promise.reject(toBusError(error, `observations ${msgID}`)));
    },
    appendLineCount: async (row) => {
      await js
        .publish(countSubject(row), encodePayload(row), { msgID: row.countId })
        .catch((error: unknown) => Promise.reject(toBusError(error, `line count ${row.countId}`)));
    },
    publishCameraStatus: (status) => tell(healthSubject(status), status),
    publishRoleStatus: (status) => tell(roleSubject(status), status),
    consume: (consumeOptions) => consumeDurable({ nats, js, clock, log, metrics }, consumeOptions),
    follow: (followOptions) => followStream({ js, clock, log, metrics }, followOptions),
    alertEventsOf: (cameraId) =>
      readAll(
        { js, clock, log, metrics },
        'ALERTS',
        cameraAlertsFilter(cameraId),
        clock.now() - openAlertsMaxAgeMs,
      ),
    latestAlertEvent: (alertId) => latestOf(nats, 'ALERTS', anyAlertFilter(alertId)),
    latestCameraStatus: async (place, cameraId) =>
      (await latestOf(nats, 'HEALTH', healthSubject({ place, cameraId })))?.value,
    probe: () =>
      js.publish(probeSubject, '').then(
        () => true,
        () => false,
      ),
    streamUsage: (stream) => streamUsage(nats, stream),
    answerMetrics: (text) => {
      nats.subscribe(metricsSubject, {
        callback: (error, message) => {
          if (!error) void text().then((answer) => message.respond(answer));
        },
      });
    },
    gatherMetrics: () => gatherMetrics(nats),
    answerExplain: (cameraId, answer) => answerExplain({ nats, log }, cameraId, answer),
    explain: (cameraId) => askExplain(nats, cameraId, () => isConnected),
    answerLiveDoor: (cameraId, letIn) => answerLiveDoor(nats, cameraId, letIn),
    liveDoor: (cameraId) => askLiveDoor(nats, cameraId),
    answerWhatIf: (answer) => answerWhatIf(nats, answer),
    askWhatIf: (request) => askWhatIf(nats, request),
    raisedAlerts: (span, limit) => raisedOnBus({ js, clock, log, metrics }, span, limit),
    alertSubscribers: () => alertSubscribers(nats),
    answerOutboxes: (answer) => answerOutboxes(nats, answer),
    gatherOutboxes: (span) => gatherOutboxes(nats, span),
    answerReconcile: (answer) => answerReconcile(nats, answer),
    askReconcile: (span) => askReconcile(nats, span),
    answerLoudspeakers: (answer) => answerLoudspeakers({ nats, log }, answer),
    commandLoudspeaker: (command) => commandLoudspeaker(nats, command),
    close: async () => {
      if (!nats.isClosed()) await nats.drain().catch(() => nats.close());
      await watching;
    },
  };
};

/** Creates the bus streams or brings their limits up to date. Throws `bus-unavailable` or `bus-refused`. */
export const ensureStreams = async (
  nats: NatsConnection,
  limits: StreamLimits = defaultStreamLimits,
): Promise<void> => {
  const manager = await jetstreamManager(nats, { timeout: publishTimeoutMs });
  for (const definition of streamDefinitions(limits)) {
    const existing = await manager.streams.info(definition.name).catch(() => undefined);
    const change = existing
      ? manager.streams.update(definition.name, definition)
      : manager.streams.add(definition);
    await change.catch((error: unknown) =>
      Promise.reject(toBusError(error, `bus stream ${definition.name}`)),
    );
  }
};

const streamUsage = async (nats: NatsConnection, stream: BusStreamName): Promise<StreamUsage> => {
  const manager = await jetstreamManager(nats, { timeout: publishTimeoutMs, checkAPI: false });
  try {
    const { state, config } = await manager.streams.info(stream);
    return {
      ...{ bytes: state.bytes, maxBytes: config.max_bytes },
      ...{ maxAgeMs: millis(config.max_age), lastSequence: state.last_seq },
    };
  } catch (error) {
    throw toBusError(error, `bus stream ${stream}`);
  }
};

/** Of a stream of its own that keeps one message. */
const probeSubject = 'probe.store';

const metricsSubject = 'metrics.gather';
/** Answers come within milliseconds; a silence this long means that all have answered. */
const metricsStallMs = 150;
const metricsMaxWaitMs = 1000;

const gatherMetrics = async (nats: NatsConnection): Promise<string[]> => {
  const texts: string[] = [];
  try {
    const answers = await nats.requestMany(metricsSubject, '', {
      strategy: 'stall',
      stall: metricsStallMs,
      maxWait: metricsMaxWaitMs,
    });
    for await (const answer of answers) texts.push(answer.string());
  } catch (error) {
    throw toBusError(error, 'gathering metrics');
  }
  return texts;
};

const appendAlertEventAfter = async (
  js: ReturnType<typeof jetstream>,
  event: AlertEvent,
  lastSubjectSequence: number,
): Promise<{ sequence: number }> => {
  try {
    const ack = await js.publish(alertSubject(event), encodePayload(event), {
      msgID: event.eventId,
      expect: { lastSubjectSequence },
    });
    return { sequence: ack.seq };
  } catch (error) {
    throw toBusError(error, `alert event ${event.eventId}`);
  }
};

const appendAlertEvent = async (
  js: ReturnType<typeof jetstream>,
  event: AlertEvent,
): Promise<{ sequence: number; isDuplicate: boolean }> => {
  try {
    const ack = await js.publish(alertSubject(event), encodePayload(event), {
      msgID: event.eventId,
      ...(event.type === 'raised' ? { expect: { lastSubjectSequence: 0 } } : {}),
    });
    return { sequence: ack.seq, isDuplicate: ack.duplicate };
  } catch (error) {
    const translated = toBusError(error, `alert event ${event.eventId}`);
    // An alert's subject that is not empty holds its `raised` event already: raising is idempotent.
    if (event.type === 'raised' && translated.code === 'bus-conflict')
      return { sequence: 0, isDuplicate: true };
    throw translated;
  }
};
