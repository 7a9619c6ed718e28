import { describe, expect, test } from 'vitest';
import type { AuditAnchor, AuditEntry, AuditRecord } from '../schema/audit.ts';
import { ChainCheck, chainOn, emptyHead } from './chain.ts';

const entry = (index: number, facts: Partial<AuditEntry> = {}): AuditEntry => ({
  at: 1_767_614_400_000 + index,
  who: 'wang',
  what: 'evidenceSeen',
  target: `alerts/${index}/clip`,
  ...facts,
});

const chainOf = (length: number, facts: Partial<AuditEntry> = {}): AuditRecord[] => {
  const records: AuditRecord[] = [];
  for (let index = 0; index < length; index++)
    records.push(chainOn(records.at(-1) ?? emptyHead, entry(index, facts)));
  return records;
};
const anchorAt = (records: readonly AuditRecord[], number: number): AuditAnchor => ({
  ...{ at: 1, number },
  hash: records[number - 1]?.hash ?? '',
});
const faultIn = (records: readonly AuditRecord[], anchors: AuditAnchor[] = []) => {
  const check = new ChainCheck(anchors);
  for (const record of records) check.take(record);
  return check.end().fault;
};

describe('a chain', () => {
  const records = chainOf(20);

  test('that nobody touched has no fault, also against its anchors', () => {
    expect(faultIn(records, [anchorAt(records, 7), anchorAt(records, 20)])).toBeUndefined();
  });

  test('of nothing is sound', () => {
    expect(faultIn([])).toBeUndefined();
  });

  test.each(records.map(({ number }) => number))('tells that record %i was changed', (number) => {
    const changed = records.map((record) =>
      record.number === number ? { ...record, entry: { ...record.entry, who: 'li' } } : record,
    );

    expect(faultIn(changed)).toEqual({ number, fault: 'changed' });
  });

  test('tells that a changed record was given a new hash, by the one after it', () => {
    const before = records[8];
    if (!before) throw new TypeError('no record');
    const forged = chainOn(before, entry(9, { who: 'li' }));

    expect(faultIn([...records.slice(0, 9), forged, ...records.slice(10)])).toEqual({
      number: 11,
      fault: 'changed',
    });
  });

  test('tells that one is missing', () => {
    expect(faultIn([...records.slice(0, 5), ...records.slice(6)])).toEqual({ number: 6, fault: 'missing' });
  });

  test('tells that its end was cut off, by an anchor', () => {
    expect(faultIn(records.slice(0, 15))).toBeUndefined();
    expect(faultIn(records.slice(0, 15), [anchorAt(records, 18)])).toEqual({ number: 16, fault: 'cut' });
  });

  test('tells that all of it was written anew, by an anchor', () => {
    const rewritten = chainOf(20, { who: 'li' });

    expect(faultIn(rewritten)).toBeUndefined();
    expect(faultIn(rewritten, [anchorAt(records, 12)])).toEqual({ number: 12, fault: 'rewritten' });
  });

  test('does not depend on the order of keys', () => {
    const backwards = records.map(({ entry: { at, who, what, target }, hash, previous, number }) => ({
      ...{ hash, entry: { target, what, who, at }, previous, number },
      schemaVersion: 1 as const,
    }));

    expect(faultIn(backwards)).toBeUndefined();
  });
});
