import { afterEach, beforeEach, expect, test } from 'vitest';
import { chainOn, emptyHead } from '../../core/audit/chain.ts';
import { verifyAudit } from '../../core/audit/verify-audit.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AuditRecord } from '../../core/schema/audit.ts';
import { startAt } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { openHistory } from './index.ts';
import { openDatabase } from './open-database.ts';
import { type Sql, sql } from './sql.ts';

const hour = 3_600_000;
let options: Awaited<ReturnType<typeof historyFolder>>;

beforeEach(async () => {
  options = await historyFolder();
});
afterEach(() => options.remove());

/** More than one answer has. */
const length = 600;
const chainOf = (who: string): AuditRecord[] => {
  const records: AuditRecord[] = [];
  for (let index = 0; index < length; index++) {
    const entry = { at: startAt + index, who, what: 'evidenceSeen', target: `alerts/${index}/clip` } as const;
    records.push(chainOn(records.at(-1) ?? emptyHead, entry));
  }
  return records;
};
const records = chainOf('wang');
const anchors = records
  .filter(({ number }) => number % 100 === 0)
  .map(({ number, hash }) => ({ at: startAt, number, hash }));

const write = async (written: readonly AuditRecord[]): Promise<void> => {
  const history = await openHistory({ ...options, clock: new SimulatedClock(startAt) });
  await history.writeAudit(written);
  await history.close();
};
/** As somebody could who has the files of the history. */
const alter = async (statement: Sql): Promise<void> => {
  const database = await openDatabase(options, options.clock);
  await database.command('altering', statement);
  await database.close();
};
/** What is found in the history, the stream having let go of all but the last records. */
const faultOf = async (stored = records.slice(590)) => {
  const history = await openHistory({ ...options, clock: new SimulatedClock(startAt) });
  const bus = new ScriptedBus();
  for (const record of stored) {
    bus.renumber('AUDIT', record.number - 1);
    bus.push('AUDIT', record);
  }
  bus.answerAuditRows((request) => history.auditRows(request));
  const found = await verifyAudit(bus, anchors, startAt + hour);
  await history.close();
  return found.history?.fault;
};

test('a table that nobody altered is sound', async () => {
  await write(records);

  expect(await faultOf()).toBeUndefined();
});

test.each([
  [
    'the record of one row',
    sql`ALTER TABLE xueliang.audit UPDATE record = replace(record, '"wang"', '"li"') WHERE number = 444
      SETTINGS mutations_sync = 2`,
    { number: 444, fault: 'changed' },
  ],
  [
    'a column of one row',
    sql`ALTER TABLE xueliang.audit UPDATE who = 'li' WHERE number = 444 SETTINGS mutations_sync = 2`,
    { number: 444, fault: 'changed' },
  ],
  [
    'one row, taken out',
    sql`ALTER TABLE xueliang.audit DELETE WHERE number = 444 SETTINGS mutations_sync = 2`,
    { number: 444, fault: 'missing' },
  ],
  [
    'the beginning, taken out',
    sql`ALTER TABLE xueliang.audit DELETE WHERE number <= 3 SETTINGS mutations_sync = 2`,
    { number: 1, fault: 'missing' },
  ],
  [
    'the end, taken out',
    sql`ALTER TABLE xueliang.audit DELETE WHERE number > 444 SETTINGS mutations_sync = 2`,
    { number: 445, fault: 'cut' },
  ],
  [
    'a row more between two answers',
    sql`INSERT INTO xueliang.audit SELECT number, at + INTERVAL 1 SECOND, 'li', what, target, place, record
      FROM xueliang.audit WHERE number = 250`,
    { number: 250, fault: 'changed' },
  ],
  [
    'a row more within an answer',
    sql`INSERT INTO xueliang.audit SELECT number, at + INTERVAL 1 SECOND, 'li', what, target, place, record
      FROM xueliang.audit WHERE number = 44`,
    { number: 44, fault: 'changed' },
  ],
])('what somebody altered in the table is found and named: %s', async (_, statement, fault) => {
  await write(records);
  await alter(statement);

  expect(await faultOf()).toEqual(fault);
});

test('a log that was written anew in the table and in the stream is found by the first anchor', async () => {
  const anew = chainOf('li');
  await write(records);
  await alter(sql`ALTER TABLE xueliang.audit DELETE WHERE number > 0 SETTINGS mutations_sync = 2`);
  await write(anew);

  expect(await faultOf(anew.slice(590))).toEqual({ number: 100, fault: 'rewritten' });
});
