import { Compile } from 'typebox/compile';
import { AuditRecord, type AuditRow } from '../schema/audit.ts';

const recordCheck = Compile(AuditRecord);

/** The last instant that the history can keep: 2299-12-31. */
const maxInstant = Date.UTC(2299, 11, 31);

export const toAuditRow = (record: AuditRecord): AuditRow => ({
  number: record.number,
  at: Math.min(record.entry.at, maxInstant),
  who: record.entry.who,
  what: record.entry.what,
  target: record.entry.target,
  place: record.entry.place ?? '',
  record: JSON.stringify(record),
});

/** The record of a row; undefined when its text is none. */
export const recordOf = ({ record }: Pick<AuditRow, 'record'>): AuditRecord | undefined => {
  const value = parse(record);
  return recordCheck.Check(value) ? value : undefined;
};

/** Whether what a row is asked by says the same as its record. */
export const isTrueRow = (row: AuditRow, record: AuditRecord): boolean => {
  const { number, at, who, what, target, place } = toAuditRow(record);
  return (
    row.number === number &&
    row.at === at &&
    row.who === who &&
    row.what === what &&
    row.target === target &&
    row.place === place
  );
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as a row that holds no record
  }
};
