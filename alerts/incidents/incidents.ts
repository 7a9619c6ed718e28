import type { Bus, BusMessage } from '../../core/bus/bus.ts';
import { type ErrorKind, toAppError } from '../../core/errors.ts';
import type { Resources } from '../../core/resources.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { StageDeps } from '../../core/stages.ts';
import { IncidentBook, type Joining, maxIncidentMs } from './incident-book.ts';

export interface IncidentsOptions extends StageDeps {
  bus: Pick<Bus, 'appendAlertEvent'>;
  resources: Pick<Resources, 'cameras'>;
}

/** Says which alerts belong together. */
export interface Incidents {
  /** Takes in an event of the bus stream, in order and from its beginning. */
  take(message: BusMessage<AlertEvent>): void;
  /** Begins to speak: everything that was in the stream has been taken in. */
  start(): void;
  close(): Promise<void>;
}

const lookEveryMs = 250;
/** What an alert of now may belong to, and what that belongs to: nothing older is of use. */
const rememberedMs = 2 * maxIncidentMs;
const restart = { backoff: { baseMs: 250, maxMs: 15_000 }, healthyAfterMs: 60_000 };
/** What trying again cannot mend. */
const hopelessKinds: ReadonlySet<ErrorKind> = new Set(['invalid', 'conflict', 'corrupt', 'not-found']);

export const createIncidents = (options: IncidentsOptions): Incidents => new BusIncidents(options);

class BusIncidents implements Incidents {
  readonly #options: IncidentsOptions;
  readonly #book: IncidentBook;
  readonly #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: IncidentsOptions) {
    this.#options = options;
    const { metrics, resources } = options;
    this.#book = new IncidentBook({
      findCamera: (cameraId) => resources.cameras().find(({ id }) => id === cameraId),
      onLetGo: () =>
        metrics.count(
          'xueliang_alerts_incidents_let_go_total',
          'Alerts that nothing can join any more because there are too many within the hour',
        ),
    });
  }

  take({ value }: BusMessage<AlertEvent>): void {
    const isLongAgo =
      value.type === 'raised' && value.alert.raisedAt < this.#options.clock.now() - rememberedMs;
    if (!isLongAgo) this.#book.take(value);
  }

  start(): void {
    const { clock, log } = this.#options;
    const { signal } = this.#closing;
    this.#book.dropPendingBefore(clock.now() - maxIncidentMs);
    const how = { name: 'incidents', clock, log, signal, ...restart };
    this.#running = supervise((attempt) => this.#speak(attempt), how);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #speak(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const joining of this.#book.pending) {
        if (signal.aborted) return;
        await this.#say(joining);
      }
      await this.#options.clock.sleep(lookEveryMs, signal);
    }
  }

  async #say(joining: Joining): Promise<void> {
    const { bus, clock, log, metrics } = this.#options;
    const { alertId, incidentId } = joining;
    try {
      await bus.appendAlertEvent({
        schemaVersion: 1,
        type: 'joined',
        eventId: `${alertId}.joined.${incidentId}`,
        at: Math.round(clock.now()),
        ...joining,
      });
      metrics.count('xueliang_alerts_joined_total', 'Alerts that were found to belong to an incident');
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!hopelessKinds.has(error.kind)) throw error;
      log.error({ service: 'incidents', alertId, incidentId, err: error }, 'the bus refuses it for good');
    }
    this.#book.settle(joining);
  }
}
