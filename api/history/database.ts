import type { ClickHouseClient } from '@clickhouse/client';
import type { Clock } from '../../core/runtime/clock.ts';
import { historyError } from './errors.ts';
import type { Sql } from './sql.ts';
import { toHistoryError } from './translate-error.ts';

/** Values of bound parameters, by name. */
export type SqlParameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type HistoryTable =
  | 'xueliang.alerts'
  | 'xueliang.tracks'
  | 'xueliang.watched_quarters'
  | 'xueliang.observations'
  | 'xueliang.line_counts'
  | 'xueliang.audit'
  | 'xueliang.migrations';

export interface DatabaseOptions {
  client: ClickHouseClient;
  backend: 'embedded' | 'server';
  clock: Clock;
  /** The database itself ends a statement after `statementSeconds`; waiting in line counts here. */
  deadlineMs?: number;
  maxWaiting?: number;
}

const defaultDeadlineMs = 30_000;
/** The embedded engine runs one statement at a time; more than this in line helps nobody. */
const defaultMaxWaiting = 64;

/** ClickHouse, embedded or a server, with a deadline and a bound on what waits. */
export class Database {
  readonly backend: 'embedded' | 'server';
  readonly #client: ClickHouseClient;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #maxWaiting: number;
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor({ client, backend, clock, deadlineMs, maxWaiting }: DatabaseOptions) {
    this.#client = client;
    this.backend = backend;
    this.#clock = clock;
    this.#deadlineMs = deadlineMs ?? defaultDeadlineMs;
    this.#maxWaiting = maxWaiting ?? defaultMaxWaiting;
  }

  /** How many statements run or wait now. */
  get running(): number {
    return this.#running.size;
  }

  /** The rows a SELECT gives, as objects by column. */
  rows<Row>(what: string, query: Sql, parameters: SqlParameters = {}): Promise<Row[]> {
    return this.#run(what, async (signal) => {
      const result = await this.#client.query({
        query,
        query_params: { ...parameters },
        format: 'JSONEachRow',
        abort_signal: signal,
      });
      return result.json<Row>();
    });
  }

  /** Runs a statement that gives no rows. */
  async command(what: string, query: Sql, parameters: SqlParameters = {}): Promise<void> {
    await this.#run(what, (signal) =>
      this.#client.command({ query, query_params: { ...parameters }, abort_signal: signal }),
    );
  }

  /** Inserts all rows or none of a partition's; safe to repeat, for every table replaces by key. */
  async insert(table: HistoryTable, values: readonly object[]): Promise<void> {
    if (values.length === 0) return;
    await this.#run(`writing ${values.length} rows to ${table}`, (signal) =>
      this.#client.insert({ table, values, format: 'JSONEachRow', abort_signal: signal }),
    );
  }

  /** As `insert`, of rows whose values stand in the order of `columns`: a quarter cheaper where rows come by the thousand. */
  async insertColumns(
    table: HistoryTable,
    columns: readonly [string, ...string[]],
    values: readonly (readonly unknown[])[],
  ): Promise<void> {
    if (values.length === 0) return;
    await this.#run(`writing ${values.length} rows to ${table}`, (signal) =>
      this.#client.insert({
        ...{ table, values, columns: [...columns], format: 'JSONCompactEachRow', abort_signal: signal },
      }),
    );
  }

  /** Waits for what runs, then closes. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.allSettled(this.#running);
      await this.#client.close();
    })();
    return this.#closing;
  }

  async #run<Result>(what: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#closing !== undefined) throw historyError('history-closed', `${what}: the history is closed`);
    if (this.#running.size >= this.#maxWaiting) {
      throw historyError(
        'history-busy',
        `${what}: ${this.#running.size} statements wait already; ask again later`,
      );
    }
    const running = this.#withDeadline(what, work).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  async #withDeadline<Result>(what: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const done = new AbortController();
    const late = new AbortController();
    void this.#clock.sleep(this.#deadlineMs, done.signal).then(() => late.abort());
    try {
      return await work(late.signal);
    } catch (error) {
      throw toHistoryError(error, what);
    } finally {
      done.abort();
    }
  }
}
