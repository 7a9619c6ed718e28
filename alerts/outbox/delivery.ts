import type { Bus } from '../../core/bus/bus.ts';
import { type AppError, type ErrorKind, toAppError } from '../../core/errors.ts';
import { backoffDelayMs } from '../../core/runtime/backoff.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { EventFiles, StoredEvent } from './event-files.ts';
import type { Journal } from './journal.ts';
import type { SentShelf } from './sent-shelf.ts';

/** An event on its way to the bus. */
export interface Entry extends StoredEvent {
  isOnDisk: boolean;
  /** Settles when its file was written or could not be. */
  saving: Promise<void>;
}

export interface DeliveryOptions extends StageDeps {
  bus: Pick<Bus, 'appendAlertEvent'>;
  files: EventFiles;
  journal: Pick<Journal, 'add'>;
  sent: SentShelf;
  /** The event is acknowledged, or refused for good: there is nothing more to do for it. */
  onSettled: (entry: Entry) => void;
}

interface Lane {
  queue: Entry[];
  running: Promise<void>;
  /** Ends the wait before the next try. One each: a signal warns when dozens listen. */
  nudge: AbortController;
}

const retryBackoff = { baseMs: 250, maxMs: 15_000 };
/** What a repetition cannot mend. Anything else (a wrong password, a fault of ours) may be mended while it waits. */
const hopelessKinds: ReadonlySet<ErrorKind> = new Set(['invalid', 'conflict', 'corrupt', 'not-found']);

/** Offers events to the bus until it has them: a lane for each camera, one event at a time in each. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #closing = new AbortController();
  #isBusDown = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Puts an event at the end of its camera's lane. */
  enqueue(entry: Entry): void {
    const { cameraId } = entry.event;
    const lane = this.#lanes.get(cameraId);
    if (lane) lane.queue.push(entry);
    else {
      const fresh: Lane = { queue: [entry], running: Promise.resolve(), nudge: new AbortController() };
      this.#lanes.set(cameraId, fresh);
      fresh.running = this.#run(cameraId, fresh);
    }
  }

  /** A camera's events that are not settled, oldest first. */
  waiting(cameraId: string): AlertEvent[] {
    return this.#lanes.get(cameraId)?.queue.map(({ event }) => event) ?? [];
  }

  /** Lets lanes that wait before another try go on at once. */
  wake(): void {
    for (const lane of this.#lanes.values()) lane.nudge.abort();
  }

  /** Writes an event to disk, counting what fails. */
  async save(entry: Entry): Promise<void> {
    const { files, metrics } = this.#options;
    try {
      await files.write(entry.event, entry.order);
      entry.isOnDisk = true;
      await this.#writeDown(entry.event);
    } catch (error) {
      metrics.count(
        'xueliang_alerts_outbox_write_failures_total',
        'Tries to write an alert event to disk that failed',
      );
      throw error;
    }
  }

  /** Writes down that an alert was raised. It is delivered all the same when that fails, and will be missed. */
  async #writeDown(event: AlertEvent): Promise<void> {
    const { journal, log, metrics } = this.#options;
    await journal.add([event]).catch((err: unknown) => {
      const help = 'Alerts that could not be written down in the journal of what was raised';
      metrics.count('xueliang_alerts_journal_failures_total', help);
      log.warn({ alertId: event.alertId, err }, 'this alert will be missed when what was raised is counted');
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await Promise.all([...this.#lanes.values()].map(({ running }) => running));
  }

  async #run(cameraId: string, lane: Lane): Promise<void> {
    const { clock, onSettled } = this.#options;
    let failures = 0;
    for (let entry = lane.queue[0]; entry; entry = lane.queue[0]) {
      await entry.saving.catch(() => undefined); // whoever put it in was told
      if (this.#closing.signal.aborted) return;
      if (await this.#offer(entry)) {
        lane.queue.shift();
        onSettled(entry);
        failures = 0;
      } else if (!this.#closing.signal.aborted) {
        lane.nudge = new AbortController();
        await clock.sleep(backoffDelayMs(failures++, retryBackoff), lane.nudge.signal);
      }
    }
    this.#lanes.delete(cameraId);
  }

  /** One try; true when the event is settled. */
  async #offer(entry: Entry): Promise<boolean> {
    if (!entry.isOnDisk) {
      entry.saving = this.save(entry);
      await entry.saving.catch(() => undefined); // the bus may take it all the same
    }
    try {
      await this.#options.bus.appendAlertEvent(entry.event);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!hopelessKinds.has(error.kind)) return this.#postpone(error);
      await this.#setAside(entry, error);
      return true;
    }
    this.#tellBus(false);
    await this.#acknowledge(entry);
    return true;
  }

  #postpone(error: AppError): false {
    this.#options.metrics.count(
      'xueliang_alerts_outbox_retries_total',
      'Deliveries of alert events that are tried again',
      { code: error.code },
    );
    this.#tellBus(true, error);
    return false;
  }

  async #acknowledge(entry: Entry): Promise<void> {
    const { metrics, sent } = this.#options;
    metrics.count('xueliang_alerts_outbox_delivered_total', 'Alert events that the bus acknowledged');
    if (entry.isOnDisk) {
      if (entry.shelf === 'pending') await this.#move(entry, 'sent');
      sent.add(entry.event.eventId);
    }
  }

  async #setAside(entry: Entry, err: AppError): Promise<void> {
    const { log, metrics } = this.#options;
    const { eventId, cameraId } = entry.event;
    log.error({ eventId, cameraId, err }, 'the bus refuses this alert event for good; it is set aside');
    metrics.count('xueliang_alerts_outbox_refused_total', 'Alert events that the bus refused for good');
    if (entry.isOnDisk) await this.#move(entry, 'refused');
  }

  /** A file that cannot be moved is offered again at the next start: nothing is lost. */
  async #move({ event: { eventId }, shelf }: Entry, to: 'sent' | 'refused'): Promise<void> {
    await this.#options.files.move(eventId, shelf, to).catch((err: unknown) => {
      this.#options.log.warn({ eventId, to, err }, 'could not move a delivered alert event');
    });
  }

  #tellBus(isDown: boolean, err?: AppError): void {
    if (isDown === this.#isBusDown) return;
    this.#isBusDown = isDown;
    const { log } = this.#options;
    if (isDown) log.warn({ cameras: this.#lanes.size, err }, 'the bus takes no alert events; they wait');
    else {
      log.info({ cameras: this.#lanes.size }, 'the bus takes alert events again');
      this.wake();
    }
  }
}
