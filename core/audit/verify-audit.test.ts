import { expect, test } from 'vitest';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import type { AuditAnchor, AuditRecord, AuditRow } from '../schema/audit.ts';
import { toAuditRow } from './audit-row.ts';
import { chainOn, emptyHead } from './chain.ts';
import { verifyAudit } from './verify-audit.ts';

const now = 1_767_614_400_000;
const day = 86_400_000;
const chainOf = (length: number, who = 'wang', from = now - day): AuditRecord[] => {
  const records: AuditRecord[] = [];
  for (let index = 0; index < length; index++) {
    const entry = { at: from + index, who, what: 'evidenceSeen', target: `alerts/${index}/clip` } as const;
    records.push(chainOn(records.at(-1) ?? emptyHead, entry));
  }
  return records;
};
const records = chainOf(9);
const rows = records.map(toAuditRow);
const anchors: AuditAnchor[] = records.slice(6, 7).map(({ number, hash }) => ({ at: 1, number, hash }));
const verify = (
  stored: readonly AuditRecord[],
  kept?: readonly AuditRow[],
  against: readonly AuditAnchor[] = anchors,
) => {
  const bus = new ScriptedBus();
  for (const record of stored) {
    bus.renumber('AUDIT', record.number - 1);
    bus.push('AUDIT', record);
  }
  if (kept) bus.answerAuditRows(async ({ after }) => kept.filter(({ number }) => number > after).slice(0, 4));
  return verifyAudit(bus, against, now);
};
const forged = records.map((record) =>
  record.number === 4 ? { ...record, entry: { ...record.entry, who: 'li' } } : record,
);

test('a log that nobody touched is sound, also while there is no API', async () => {
  const sound = { first: 1, head: { number: 9 }, fault: undefined };

  expect(await verify(records, rows)).toMatchObject({ stream: sound, history: sound });
  expect(await verify(records)).toMatchObject({ stream: sound, history: undefined });
});

test.each([
  ['a changed record', forged, { number: 4, fault: 'changed' }],
  ['a record taken out', records.filter(({ number }) => number !== 4), { number: 4, fault: 'missing' }],
  ['a cut end', records.slice(0, 5), { number: 6, fault: 'cut' }],
  ['an empty log', [], { number: 1, fault: 'cut' }],
  ['a log written anew', chainOf(9, 'li'), { number: 7, fault: 'rewritten' }],
])('%s is found in the stream', async (_, stored, fault) => {
  expect((await verify(stored)).stream.fault).toEqual(fault);
});

test.each([
  ['a changed record', forged.map(toAuditRow), { number: 4, fault: 'changed' }],
  [
    'a column that says another than its record',
    rows.map((row) => (row.number === 4 ? { ...row, who: 'li' } : row)),
    { number: 4, fault: 'changed' },
  ],
  [
    'a record that is none',
    rows.map((row) => (row.number === 4 ? { ...row, record: '{' } : row)),
    { number: 4, fault: 'changed' },
  ],
  ['a row taken out', rows.filter(({ number }) => number !== 4), { number: 4, fault: 'missing' }],
  ['a cut beginning', rows.slice(2), { number: 1, fault: 'missing' }],
  ['a cut end', rows.slice(0, 8), { number: 9, fault: 'cut' }],
  ['a table written anew', chainOf(9, 'li').map(toAuditRow), { number: 1, fault: 'rewritten' }],
])('%s is found in the history', async (_, kept, fault) => {
  const found = await verify(records, kept, []);

  expect(found.stream.fault).toBeUndefined();
  expect(found.history?.fault).toEqual(fault);
});

test('a log that was written anew in the stream and in the history is found by an anchor', async () => {
  const anew = chainOf(9, 'li');
  const rewritten = { number: 7, fault: 'rewritten' };

  expect(await verify(anew, anew.map(toAuditRow))).toMatchObject({
    stream: { fault: rewritten },
    history: { fault: rewritten },
  });
});

test('a stream that has let its oldest records go goes on from the history', async () => {
  expect(await verify(records.slice(5), rows)).toMatchObject({
    stream: { first: 6, fault: undefined },
    history: { first: 1, fault: undefined },
  });
});

test('a stream that begins late is not sound when nobody answers for the history', async () => {
  expect((await verify(records.slice(5))).stream.fault).toEqual({ number: 1, fault: 'missing' });
});

test('a seam at which the two do not fit is found', async () => {
  const other = chainOf(9, 'li').slice(0, 5);

  expect((await verify(records.slice(5), other.map(toAuditRow), [])).history?.fault).toEqual({
    number: 5,
    fault: 'rewritten',
  });
});

test('a stream that was cut is found by what the history has', async () => {
  expect((await verify(records.slice(0, 7), rows, [])).stream.fault).toEqual({ number: 8, fault: 'cut' });
});

test('a stream that has let everything go leaves all to the history, up to what it had', async () => {
  const emptied = (lastSequence: number) => {
    const bus = new ScriptedBus();
    bus.renumber('AUDIT', lastSequence);
    bus.answerAuditRows(async ({ after }) => rows.filter(({ number }) => number > after));
    return verifyAudit(bus, anchors, now);
  };

  expect(await emptied(9)).toMatchObject({ stream: { fault: undefined }, history: { fault: undefined } });
  expect((await emptied(10)).history?.fault).toEqual({ number: 10, fault: 'cut' });
  expect((await emptied(0)).stream.fault).toEqual({ number: 1, fault: 'remade' });
});

test('a stream that was made anew and goes on from the history says so', async () => {
  const bus = new ScriptedBus();
  for (const record of records.slice(5)) bus.push('AUDIT', record);
  bus.answerAuditRows(async ({ after }) => rows.filter(({ number }) => number > after));

  expect(await verifyAudit(bus, anchors, now)).toMatchObject({
    stream: { fault: { number: 6, fault: 'remade' } },
    history: { fault: undefined },
  });
});

test('what was written down a moment ago need not be in the history', async () => {
  const fresh = chainOf(9, 'wang', now - 1000);

  expect((await verify(fresh, fresh.slice(0, 3).map(toAuditRow), [])).history?.fault).toBeUndefined();
});

test('a history that has let go of what it kept long enough is sound', async () => {
  const old = chainOf(9, 'wang', now - 300 * day);

  expect(await verify(old.slice(5), old.slice(3).map(toAuditRow), [])).toMatchObject({
    stream: { fault: undefined },
    history: { first: 4, fault: undefined },
  });
});
