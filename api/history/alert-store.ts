import type { BusMessage } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import {
  type AlertRecord,
  fromAlertRow,
  maxInstant,
  mergeEvents,
  raisedAtOf,
  toAlertRow,
} from './alert-record.ts';
import type { Database } from './database.ts';
import { historyError } from './errors.ts';
import { sql } from './sql.ts';

/** Alerts change for minutes after they are raised; a record is a few kilobytes. */
const cachedRecords = 2000;
/** Ids in one look-up, so that a server takes them in a URL. */
const idsPerQuery = 100;

const selectRecords = sql`SELECT alert_id, events, last_sequence
  FROM xueliang.alerts FINAL
  WHERE raised_at >= fromUnixTimestamp64Milli({from:Int64})
    AND raised_at <= fromUnixTimestamp64Milli({to:Int64})
    AND alert_id IN {ids:Array(String)}`;

/** Writes alerts: the events of a batch into their alerts' rows, whole rows at a time. */
export class AlertStore {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  /** In order of use, the least lately used first. Holds only what is on disk. */
  readonly #records = new Map<string, AlertRecord>();
  #lastSequence = 0;

  constructor({ database, log, metrics }: { database: Database; log: Logger; metrics: Metrics }) {
    this.#database = database;
    this.#log = log;
    this.#metrics = metrics;
  }

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Resolves when the rows are on disk. */
  async write(messages: readonly BusMessage<AlertEvent>[]): Promise<void> {
    const byAlert = this.#group(messages);
    const known = await this.#load([...byAlert.keys()]);
    const changed: AlertRecord[] = [];
    for (const [alertId, events] of byAlert) {
      const before = known.get(alertId);
      const after = mergeEvents(before, events);
      if (after && after !== before) changed.push(after);
    }
    await this.#database.insert('xueliang.alerts', changed.map(toAlertRow));
    for (const record of changed) this.#remember(record);
    for (const { sequence } of messages) this.#lastSequence = Math.max(this.#lastSequence, sequence);
    this.#metrics.count(
      'xueliang_api_history_alert_rows_total',
      'Rows written to alerts',
      {},
      changed.length,
    );
  }

  #group(messages: readonly BusMessage<AlertEvent>[]): Map<string, BusMessage<AlertEvent>[]> {
    const byAlert = new Map<string, BusMessage<AlertEvent>[]>();
    for (const message of messages) {
      const { alertId } = message.value;
      if (raisedAtOf(alertId) > maxInstant) this.#passOver(message);
      else byAlert.set(alertId, [...(byAlert.get(alertId) ?? []), message]);
    }
    return byAlert;
  }

  /** Such an id can only be made up; were it to fail the insert, it would hold up every alert behind it for ever. */
  #passOver({ sequence, value }: BusMessage<AlertEvent>): void {
    this.#metrics.count('xueliang_api_history_unfit_events_total', 'Alert events that no row can hold');
    this.#log.error(
      { service: 'history', sequence, alertId: value.alertId },
      'alert id is of no possible time',
    );
  }

  async #load(alertIds: readonly string[]): Promise<Map<string, AlertRecord>> {
    const known = new Map<string, AlertRecord>();
    const missing: string[] = [];
    for (const alertId of alertIds) {
      const record = this.#records.get(alertId);
      if (record) known.set(alertId, record);
      else missing.push(alertId);
    }
    missing.sort();
    for (let start = 0; start < missing.length; start += idsPerQuery) {
      for (const record of await this.#select(missing.slice(start, start + idsPerQuery))) {
        known.set(record.alertId, record);
      }
    }
    return known;
  }

  async #select(ids: readonly string[]): Promise<AlertRecord[]> {
    const from = raisedAtOf(ids[0] ?? '');
    const to = raisedAtOf(ids.at(-1) ?? '');
    const rows = await this.#database.rows<Parameters<typeof fromAlertRow>[0]>(
      `looking up ${ids.length} alerts`,
      selectRecords,
      { ids, from, to },
    );
    return rows.map((row) => {
      try {
        return fromAlertRow(row);
      } catch (cause) {
        throw historyError('history-corrupt', `alert ${row.alert_id}: its row cannot be read`, { cause });
      }
    });
  }

  #remember(record: AlertRecord): void {
    this.#records.delete(record.alertId);
    this.#records.set(record.alertId, record);
    for (const oldest of this.#records.keys()) {
      if (this.#records.size <= cachedRecords) break;
      this.#records.delete(oldest);
    }
  }

  /** Forgets what it knows of the disk, as when partitions were dropped. */
  forget(): void {
    this.#records.clear();
  }
}
