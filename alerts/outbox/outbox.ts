import type { Bus } from '../../core/bus/bus.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Outbox, StageDeps } from '../../core/stages.ts';
import { alertsError } from '../errors.ts';
import { Delivery, type Entry } from './delivery.ts';
import { checkEventId, EventFiles, type StoredEvent } from './event-files.ts';
import { Journal } from './journal.ts';
import { SentShelf } from './sent-shelf.ts';

export interface OutboxOptions extends StageDeps {
  /** Of this worker alone. */
  folder: string;
  bus: Pick<Bus, 'appendAlertEvent'>;
  /** Events that may wait, and that may be kept after they were acknowledged. */
  maxEntries?: number;
  /** How long an event is kept beyond its acknowledgement. */
  keepMs?: number;
}

/** The outbox of a worker, with what it has in hand. */
export interface WorkerOutbox extends Outbox {
  /**
   * The camera's events that the bus has not acknowledged to this process, oldest first. Ask before asking the bus:
   * between the two answers an event may get there, but none is in neither.
   */
  waiting(cameraId: string): readonly AlertEvent[];
}

const defaultMaxEntries = 10_000;
/** nats-server 2.9 writes its streams to disk every 2 minutes: what it acknowledged before a power cut may be gone. */
const defaultKeepMs = 10 * 60_000;
const sweepPeriodMs = 15_000;

/**
 * Opens the outbox in its folder and begins to offer what is there: events not acknowledged, and, in case the power
 * failed, those acknowledged lately. Events of one camera are delivered one after the other in the order they were
 * put in. Throws `outbox-unusable`.
 */
export const openOutbox = async (options: OutboxOptions): Promise<WorkerOutbox> => {
  const { folder, log, metrics } = options;
  const files = new EventFiles(folder);
  await files.prepare();
  const { stored, damaged } = await files.load();
  const journal = new Journal(folder, options.clock);
  try {
    await journal.prepare();
    await journal.add(stored.map(({ event }) => event)); // its last lines may have gone with the power
  } catch (cause) {
    throw alertsError('outbox-unusable', `the outbox folder '${folder}' cannot be written to`, { cause });
  }
  if (damaged > 0) {
    log.error({ damaged, folder }, 'files in the outbox that are no events were set aside');
    const help = 'Files in the outbox that were no events';
    metrics.count('xueliang_alerts_outbox_damaged_total', help, {}, damaged);
  }
  return new FolderOutbox(files, journal, options, stored);
};

class FolderOutbox implements WorkerOutbox {
  readonly #options: OutboxOptions;
  readonly #maxEntries: number;
  readonly #sent: SentShelf;
  readonly #delivery: Delivery;
  readonly #pending = new Map<string, Entry>();
  readonly #closing = new AbortController();
  readonly #sweeping: Promise<void>;
  readonly #onEmpty = new Set<() => void>();
  #nextOrder = 0;

  constructor(files: EventFiles, journal: Journal, options: OutboxOptions, stored: readonly StoredEvent[]) {
    const { clock, log, maxEntries = defaultMaxEntries, keepMs = defaultKeepMs } = options;
    this.#options = options;
    this.#maxEntries = maxEntries;
    this.#sent = new SentShelf(files, { clock, log, maxEntries, keepMs });
    const onSettled = (entry: Entry): void => this.#settle(entry);
    this.#delivery = new Delivery({ ...options, files, journal, sent: this.#sent, onSettled });
    for (const item of stored) {
      this.#nextOrder = item.order + 1;
      const entry: Entry = { ...item, isOnDisk: true, saving: Promise.resolve() };
      if (entry.shelf === 'pending') this.#pending.set(entry.event.eventId, entry);
      this.#delivery.enqueue(entry);
    }
    this.#gauge();
    this.#sweeping = runEvery(clock, sweepPeriodMs, this.#closing.signal, () => this.#sent.sweep());
  }

  get pending(): number {
    return this.#pending.size;
  }

  async put(event: AlertEvent): Promise<void> {
    this.#checkPut(event);
    const known = this.#pending.get(event.eventId);
    if (known) return known.saving;
    if (this.#sent.has(event.eventId)) return;
    const order = this.#nextOrder++;
    const entry: Entry = { event, order, shelf: 'pending', isOnDisk: false, saving: Promise.resolve() };
    entry.saving = this.#delivery.save(entry);
    this.#pending.set(event.eventId, entry);
    this.#delivery.enqueue(entry);
    this.#gauge();
    await entry.saving;
  }

  waiting(cameraId: string): readonly AlertEvent[] {
    return this.#delivery.waiting(cameraId);
  }

  async drain(signal: AbortSignal): Promise<void> {
    this.#delivery.wake();
    if (this.#pending.size === 0 || signal.aborted || this.#closing.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#onEmpty.delete(done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.#onEmpty.add(done);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const saving = [...this.#pending.values()].map((entry) => entry.saving);
    await Promise.allSettled([this.#sweeping, this.#delivery.close(), ...saving]);
    for (const done of [...this.#onEmpty]) done();
    const unsaved = [...this.#pending.values()].filter(({ isOnDisk }) => !isOnDisk).length;
    if (unsaved > 0) {
      this.#options.log.error({ unsaved }, 'closed with alert events that neither disk nor bus took');
    }
  }

  #checkPut(event: AlertEvent): void {
    const { eventId } = event;
    checkEventId(event);
    if (this.#closing.signal.aborted) {
      throw alertsError('outbox-closed', `alert event ${eventId}: the outbox is closed`, { eventId });
    }
    if (this.#pending.size < this.#maxEntries || this.#pending.has(eventId)) return;
    this.#options.metrics.count(
      'xueliang_alerts_outbox_full_total',
      'Alert events that a full outbox did not take',
    );
    throw alertsError(
      'outbox-full',
      `alert event ${eventId}: the outbox is full with ${this.#pending.size} events; see why the bus takes none`,
      { eventId },
    );
  }

  #settle(entry: Entry): void {
    this.#pending.delete(entry.event.eventId);
    this.#gauge();
    if (this.#pending.size === 0) for (const done of [...this.#onEmpty]) done();
  }

  #gauge(): void {
    this.#options.metrics.gauge(
      'xueliang_alerts_outbox_pending',
      'Alert events that the bus has not acknowledged',
      this.#pending.size,
    );
  }
}
