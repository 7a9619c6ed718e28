import { Compile } from 'typebox/compile';
import { AuditRecord } from '../../core/schema/audit.ts';
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

const recordCheck = Compile(AuditRecord);

/** Keeps the records of the audit log to ask by, and gives them back as they were chained. */
export class AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the rows are on disk. */
  async write(records: readonly AuditRecord[]): Promise<void> {
    await this.#database.insert('xueliang.audit', records.map(toRow));
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

const toRow = (record: AuditRecord) => ({
  number: record.number,
  at: Math.min(record.entry.at, maxInstant),
  who: record.entry.who,
  what: record.entry.what,
  target: record.entry.target,
  place: record.entry.place ?? '',
  record: JSON.stringify(record),
});

const fromRow = ({ record }: { record: string }): AuditRecord => {
  const value = parse(record);
  if (recordCheck.Check(value)) return value;
  throw historyError('history-corrupt', 'a record of the audit log in the history cannot be read');
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as a record that cannot be read
  }
};
