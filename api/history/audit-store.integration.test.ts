import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChainCheck, chainOn, emptyHead } from '../../core/audit/chain.ts';
import { verifyAudit } from '../../core/audit/verify-audit.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AuditEntry, AuditRecord } from '../../core/schema/audit.ts';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
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

const verifyKept = async (kept: History, stored: readonly AuditRecord[]) => {
  const bus = new ScriptedBus();
  for (const record of stored) {
    bus.renumber('AUDIT', record.number - 1);
    bus.push('AUDIT', record);
  }
  bus.answerAuditRows((request) => kept.auditRows(request));
  return verifyAudit(bus, [], startAt + 120_000);
};

test('what the table has is verified against the stream, row by row over several answers', async () => {
  const kept = await open();
  const records = chainOf(600);
  await kept.writeAudit(records);

  expect(await verifyKept(kept, records.slice(400))).toMatchObject({
    stream: { first: 401, head: { number: 600 }, fault: undefined },
    history: { first: 1, head: { number: 600 }, fault: undefined },
  });
});

test.each([
  [
    'a changed row',
    (records: AuditRecord[]) =>
      records.map((one) => (one.number === 4 ? { ...one, entry: { ...one.entry, who: 'li' } } : one)),
    { number: 4, fault: 'changed' },
  ],
  [
    'a row taken out',
    (records: AuditRecord[]) => records.filter(({ number }) => number !== 4),
    { number: 4, fault: 'missing' },
  ],
  ['a cut end', (records: AuditRecord[]) => records.slice(0, 7), { number: 8, fault: 'cut' }],
  ['a table written anew', () => chainOf(9, () => ({ who: 'li' })), { number: 1, fault: 'rewritten' }],
])('%s of the table is found and named', async (_, change, fault) => {
  const kept = await open();
  const records = chainOf(9);
  await kept.writeAudit(change(records));

  expect((await verifyKept(kept, records)).history?.fault).toEqual(fault);
});
