import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import type { BusPayloads } from '../../../core/bus/bus.ts';
import { type ConnectedBus, connectBus } from '../../../core/bus/connect-bus.ts';
import { decodePayload } from '../../../core/bus/payloads.ts';
import { createLogger } from '../../../core/log.ts';
import { createMetrics } from '../../../core/metrics.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import type { RaisedAlert } from '../../../core/schema/alert.ts';
import type { CameraStatus, RoleStatus } from '../../../core/schema/health.ts';
import type { RunningProgram } from './start-program.ts';

/** An alert, and when JetStream had it. */
export interface StoredAlert {
  alert: RaisedAlert;
  /** Milliseconds since 1970, by the server. */
  storedAt: number;
}

/** Hears on the bus what the program says of itself, from the outside. */
export interface BusObserver {
  /** By camera, in the order in which they came. */
  readonly statuses: ReadonlyMap<string, readonly CameraStatus[]>;
  readonly roles: readonly RoleStatus[];
  readonly alerts: readonly StoredAlert[];
  /** Runs of the model since the program started. */
  countRuns(): Promise<number>;
  close(): Promise<void>;
}

const runCounter = /^xueliang_inference_frame_seconds_count\{[^}]*step="run"[^}]*\} (\d+)/gm;

export const openBusObserver = async (
  address: Awaited<ReturnType<RunningProgram['busAddress']>>,
): Promise<BusObserver> => {
  const statuses = new Map<string, CameraStatus[]>();
  const roles: RoleStatus[] = [];
  const alerts: StoredAlert[] = [];
  const log = createLogger({ level: 'silent' });
  const bus = await connectBus({
    ...address,
    name: 'bench',
    clock: systemClock,
    log,
    metrics: createMetrics(),
  });
  hear(bus, 'health.>', 'HEALTH', (status) => {
    const known = statuses.get(status.cameraId) ?? [];
    known.push(status);
    statuses.set(status.cameraId, known);
  });
  hear(bus, 'roles.>', 'ROLES', (status) => roles.push(status));
  const stopAlerts = await followAlerts(bus, (alert) => alerts.push(alert));
  return {
    statuses,
    roles,
    alerts,
    countRuns: async () => {
      const texts = await bus.gatherMetrics();
      return [...texts.join('\n').matchAll(runCounter)].reduce((sum, [, count]) => sum + Number(count), 0);
    },
    close: async () => {
      await stopAlerts();
      await bus.close();
    },
  };
};

/** Without a stream's consumer: what a hundred cameras say every second should cost the bus little. */
const hear = <Name extends 'HEALTH' | 'ROLES'>(
  { nats }: ConnectedBus,
  subject: string,
  stream: Name,
  onValue: (value: BusPayloads[Name]) => void,
): void => {
  nats.subscribe(subject, {
    callback: (error, message) => {
      const value = error ? undefined : decodePayload(stream, message.data);
      if (value !== undefined) onValue(value);
    },
  });
};

/** Reads the stream itself, since only there stands when an event was stored. */
const followAlerts = async (
  { nats }: ConnectedBus,
  onAlert: (alert: StoredAlert) => void,
): Promise<() => Promise<void>> => {
  const consumer = await jetstream(nats).consumers.get('ALERTS', { deliver_policy: DeliverPolicy.All });
  const messages = await consumer.consume();
  const reading = (async () => {
    for await (const message of messages) {
      const event = decodePayload('ALERTS', message.data);
      if (event?.type === 'raised') onAlert({ alert: event.alert, storedAt: message.time.getTime() });
    }
  })();
  return async () => {
    await messages.close();
    await reading;
  };
};
