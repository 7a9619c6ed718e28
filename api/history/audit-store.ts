import { recordOf, toAuditRow } from '../../core/audit/audit-row.ts';
import type { AuditRecord, AuditRow, AuditRowsRequest } from '../../core/schema/audit.ts';
import { maxInstant } from './alert-record.ts';
import type { Database } from './database.ts';
import { historyError } from './errors.ts';
import type { AuditPage, AuditQuery } from './history.ts';
import { sql } from './sql.ts';

/** Records in one answer of the database while all are read. */
const recordsPerRead = 1000;

const selectPage = sql`SELECT record
  FROM xueliang.audit FINAL
  WHERE number < {olderThan:UInt64}
    AND at >= fromUnixTimestamp64Milli({from:Int64})
    AND at < fromUnixTimestamp64Milli({to:Int64})
    AND (startsWith(place, {placePrefix:String}) OR ({withPlaceless:Bool} AND place = ''))
    AND (empty({who:Array(String)}) OR has({who:Array(String)}, who))
    AND (empty({what:Array(String)}) OR has({what:Array(String)}, what))
    AND startsWith(target, {target:String})
  ORDER BY number DESC
  LIMIT {limit:UInt32}`;

const selectAfter = sql`SELECT record
  FROM xueliang.audit FINAL
  WHERE number > {after:UInt64}
  ORDER BY number
  LIMIT {limit:UInt32}`;

/** What somebody added under a number that is there already comes in the same answer: the next begins behind it. */
const selectRows = sql`SELECT number, toUnixTimestamp64Milli(xueliang.audit.at) AS at, who, what, target, place, record
  FROM xueliang.audit FINAL
  WHERE number > {after:UInt64}
  ORDER BY number
  LIMIT 2 BY number
  LIMIT {limit:UInt32} WITH TIES`;

const selectNewest = sql`SELECT number, toUnixTimestamp64Milli(xueliang.audit.at) AS at, who, what, target, place, record
  FROM xueliang.audit FINAL
  ORDER BY number DESC
  LIMIT 1`;

/** Of at most some 2 kB each: an answer stays within the bus's largest message. */
const rowsPerAnswer = 250;

/** Keeps the records of the audit log to ask by, and gives them back as they were chained. */
export class AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the rows are on disk. */
  async write(records: readonly AuditRecord[]): Promise<void> {
    await this.#database.insert('xueliang.audit', records.map(toAuditRow));
  }

  /** The newest first. */
  async page({ from = 0, to = maxInstant, limit, ...query }: AuditQuery): Promise<AuditPage> {
    const rows = await this.#database.rows<{ record: string }>('reading the audit log', selectPage, {
      ...query,
      from: Math.min(from, maxInstant),
      to: Math.min(to, maxInstant),
      olderThan: query.olderThan ?? Number.MAX_SAFE_INTEGER,
      target: query.target ?? '',
      limit: limit + 1,
    });
    return { records: rows.slice(0, limit).map(fromRow), hasMore: rows.length > limit };
  }

  /** Rows as they are, whatever they hold; none: there are no more. */
  rows({ after, isNewest = false }: AuditRowsRequest): Promise<AuditRow[]> {
    const doing = 'reading the audit log';
    if (isNewest) return this.#database.rows<AuditRow>(doing, selectNewest, {});
    return this.#database.rows<AuditRow>(doing, selectRows, { after, limit: rowsPerAnswer });
  }

  /** All that are kept, the oldest first. */
  async *all(): AsyncGenerator<AuditRecord> {
    let after = 0;
    for (;;) {
      const rows = await this.#database.rows<{ record: string }>('reading the audit log', selectAfter, {
        after,
        limit: recordsPerRead,
      });
      const records = rows.map(fromRow);
      yield* records;
      const last = records.at(-1)?.number;
      if (last === undefined || rows.length < recordsPerRead) return;
      // A record whose own number is another than its row's must not make this go round in circles.
      after = Math.max(after + 1, last);
    }
  }
}

const fromRow = (row: { record: string }): AuditRecord => {
  const record = recordOf(row);
  if (record) return record;
  throw historyError('history-corrupt', 'a record of the audit log in the history cannot be read');
};
