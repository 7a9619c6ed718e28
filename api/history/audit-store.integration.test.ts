import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChainCheck, chainOn, emptyHead } from '../../core/audit/chain.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AuditEntry, AuditRecord } from '../../core/schema/audit.ts';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { type AuditQuery, type History, openHistory } from './index.ts';

const day = 86_400_000;
let options: Awaited<ReturnType<typeof historyFolder>>;
let history: History | undefined;

beforeEach(async () => {
  options = await historyFolder();
});
afterEach(async () => {
  await history?.close();
  await options.remove();
});

const open = async (limits: { quotaBytes?: number; auditRetentionMs?: number } = {}) => {
  history = await openHistory({ ...options, ...limits, clock: new SimulatedClock(startAt) });
  return history;
};

const chainOf = (
  length: number,
  facts: (index: number) => Partial<AuditEntry> = () => ({}),
): AuditRecord[] => {
  const records: AuditRecord[] = [];
  for (let index = 0; index < length; index++) {
    const entry = { who: 'wang', what: 'evidenceSeen', target: `alerts/${index}/clip` } as const;
    const at = startAt - (length - index) * 1000;
    records.push(chainOn(records.at(-1) ?? emptyHead, { at, ...entry, ...facts(index) }));
  }
  return records;
};
const query = (facts: Partial<AuditQuery> = {}): AuditQuery => ({
  ...{ placePrefix: '4311', withPlaceless: true, who: [], what: [], limit: 10 },
  ...facts,
});
const numbersOf = async (from: History, facts: Partial<AuditQuery>): Promise<number[]> =>
  (await from.audit(query(facts))).records.map(({ number }) => number);

test('records come back as they were chained, once, however often they are written', async () => {
  const to = await open();
  const records = chainOf(2500);
  await to.writeAudit(records);
  await to.writeAudit(records.slice(100, 200));
  const check = new ChainCheck([]);
  const found: AuditRecord[] = [];
  for await (const record of to.auditRecords()) {
    check.take(record);
    found.push(record);
  }

  expect(check.end()).toMatchObject({ head: { number: 2500 }, fault: undefined });
  expect(found).toEqual(records);
});

test('they are asked for by who, what, when, target and place', async () => {
  const to = await open();
  const facts = [
    { who: 'li', place: village },
    { what: 'signedIn' as const, target: 'users/wang' },
    { who: "o'hara %_", place: '431103110299' },
  ];
  await to.writeAudit(chainOf(3, (index) => facts[index] ?? {}));

  expect(await numbersOf(to, {})).toEqual([3, 2, 1]);
  expect(await numbersOf(to, { who: ["o'hara %_", 'li'] })).toEqual([3, 1]);
  expect(await numbersOf(to, { what: ['signedIn'] })).toEqual([2]);
  expect(await numbersOf(to, { target: 'users/' })).toEqual([2]);
  expect(await numbersOf(to, { target: '%' })).toEqual([]);
  expect(await numbersOf(to, { from: startAt - 2000, to: startAt - 1000 })).toEqual([2]);
  expect(await numbersOf(to, { placePrefix: village, withPlaceless: false })).toEqual([1]);
  expect(await numbersOf(to, { olderThan: 3, limit: 1 })).toEqual([2]);
});

test('they are kept for 180 days whatever is configured, and are written and kept when the history is full', async () => {
  const to = await open({ quotaBytes: 1000, auditRetentionMs: day });
  const daysAgo = [400, 175, 0];
  await to.writeAudit(chainOf(3, (index) => ({ at: startAt - (daysAgo[index] ?? 0) * day })));
  await to.upkeep();
  await to.upkeep();

  expect(to.status().isFull).toBe(true);
  expect(await numbersOf(to, {})).toEqual([3, 2]);
  await to.writeAudit(chainOf(4, (index) => ({ at: startAt - (daysAgo[index] ?? 0) * day })).slice(3));
  expect(await numbersOf(to, {})).toEqual([4, 3, 2]);
});
