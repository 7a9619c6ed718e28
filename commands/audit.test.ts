import { expect, test } from 'vitest';
import { chainOn, emptyHead } from '../core/audit/chain.ts';
import type { AuditAnchor, AuditRecord } from '../core/schema/audit.ts';
import { ScriptedBus } from '../test/fixtures/api/scripted-bus.ts';
import { checkStream } from './audit.ts';

const chainOf = (length: number, who = 'wang'): AuditRecord[] => {
  const records: AuditRecord[] = [];
  for (let index = 0; index < length; index++) {
    const entry = { at: index, who, what: 'evidenceSeen', target: `alerts/${index}/clip` } as const;
    records.push(chainOn(records.at(-1) ?? emptyHead, entry));
  }
  return records;
};
const records = chainOf(9);
const anchors: AuditAnchor[] = records.slice(6, 7).map(({ number, hash }) => ({ at: 1, number, hash }));
const check = (stored: readonly AuditRecord[]) => {
  const bus = new ScriptedBus();
  for (const record of stored) bus.push('AUDIT', record);
  return checkStream(bus, anchors);
};
const forged = records.map((record) =>
  record.number === 4 ? { ...record, entry: { ...record.entry, who: 'li' } } : record,
);

test('a log that nobody touched is sound', async () => {
  expect(await check(records)).toMatchObject({ head: { number: 9 }, fault: undefined });
});

test.each([
  ['a changed record', forged, { number: 4, fault: 'changed' }],
  ['a record taken out', records.filter(({ number }) => number !== 4), { number: 4, fault: 'missing' }],
  ['a cut end', records.slice(0, 5), { number: 6, fault: 'cut' }],
  ['an empty log', [], { number: 1, fault: 'cut' }],
  ['a log written anew', chainOf(9, 'li'), { number: 7, fault: 'rewritten' }],
])('%s is found', async (_, stored, fault) => {
  expect((await check(stored)).fault).toEqual(fault);
});
