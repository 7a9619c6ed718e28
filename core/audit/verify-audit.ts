import type { Bus } from '../bus/bus.ts';
import type { AuditAnchor, AuditRow } from '../schema/audit.ts';
import { isTrueRow, recordOf } from './audit-row.ts';
import { ChainCheck, type ChainFault, type ChainHead, emptyHead } from './chain.ts';

type Anchor = Pick<AuditAnchor, 'number' | 'hash'>;

/** What one keeper of the log has, and what is wrong with it. */
export interface CheckedLog {
  /** The first record that it keeps; 0 when it keeps none. */
  first: number;
  head: ChainHead;
  fault: ChainFault | undefined;
}

export interface CheckedAudit {
  stream: CheckedLog;
  /** Undefined when nobody answers for the history. */
  history: CheckedLog | undefined;
}

interface StreamReading extends CheckedLog {
  /** What its first record follows: where it meets the history. */
  seam: ChainHead;
  /** Records that the history must have by now. */
  settled: Anchor[];
  /** The bus sequence of its first record; undefined when it has none. */
  firstSequence: number | undefined;
}

interface HistoryReading extends CheckedLog {
  /** The last record that the stream had before it was read. */
  settledNumber: number;
}

/** What was written down a moment ago is on its way to the history. */
const settleMs = 60_000;
/** The history lets go by whole months what it has kept for at least 180 days. */
const leastKeptMs = 150 * 86_400_000;

/**
 * Reads the audit log as far as it goes now in the stream and in the history, and checks each by itself, against the
 * other and against anchors. Throws what the bus throws.
 */
export const verifyAudit = async (
  bus: Pick<Bus, 'follow' | 'askAuditRows' | 'streamUsage'>,
  anchors: readonly AuditAnchor[],
  now: number,
): Promise<CheckedAudit> => {
  const { lastSequence } = await bus.streamUsage('AUDIT');
  const stream = await readStream(bus, anchors, now);
  const { first, head, seam, settled } = stream;
  const known = anchors.filter(({ at }) => at < now - settleMs);
  const read = await readHistory(bus, [seam, ...settled, ...known], now);
  const fault = stream.fault ?? remade(stream);
  if (!read) return { stream: { first, head, fault: fault ?? missingBeginning(first) }, history: undefined };
  const { settledNumber, ...history } = read;
  if (first > 0) return { stream: { first, head, fault: fault ?? missingEnd(head, settledNumber) }, history };
  // A stream that has let everything go leaves all to the history, up to what it had; one that never had it was remade.
  const isRemade = lastSequence < history.head.number;
  return {
    stream: { first, head, fault: isRemade ? { number: lastSequence + 1, fault: 'remade' } : undefined },
    history: { ...history, fault: history.fault ?? missingEnd(history.head, lastSequence) },
  };
};

/** Each record has its own number as its sequence, for nothing else is in the stream and nothing can be deleted. */
const remade = ({ first, firstSequence = first }: StreamReading): ChainFault | undefined =>
  firstSequence === first ? undefined : { number: first, fault: 'remade' };

/** Anchors of what is no longer in the stream are the history's to answer for. */
const readStream = async (
  bus: Pick<Bus, 'follow'>,
  anchors: readonly AuditAnchor[],
  now: number,
): Promise<StreamReading> => {
  const settled: Anchor[] = [];
  let check: ChainCheck | undefined;
  let seam = emptyHead;
  let firstSequence: number | undefined;
  const reading = new AbortController();
  await bus.follow({
    ...{ stream: 'AUDIT', from: 'all', signal: reading.signal },
    onMessage: ({ value, sequence }) => {
      firstSequence ??= sequence;
      const { number, previous, hash, entry } = value;
      if (!check) {
        seam = { number: number - 1, hash: previous };
        check = new ChainCheck(anchors, seam);
      }
      check.take(value);
      if (entry.at < now - settleMs) settled.push({ number, hash });
    },
    onCaughtUp: () => reading.abort(),
  });
  const ended = (check ?? new ChainCheck(anchors)).end();
  return { ...ended, first: check ? seam.number + 1 : 0, seam, settled, firstSequence };
};

const readHistory = async (
  bus: Pick<Bus, 'askAuditRows'>,
  anchors: readonly Anchor[],
  now: number,
): Promise<HistoryReading | undefined> => {
  let rows = await bus.askAuditRows({ after: 0 });
  if (!rows) return undefined;
  const start = rows[0] ? startOf(rows[0], now) : emptyHead;
  const check = new ChainCheck(anchors, start);
  const first = rows.length === 0 ? 0 : start.number + 1;
  let settledNumber = 0;
  while (rows && rows.length > 0) {
    let after = 0;
    for (const row of rows) {
      const fault = takeRow(check, row);
      if (fault) return { first, head: check.state().head, fault, settledNumber };
      if (row.at < now - settleMs) settledNumber = row.number;
      after = row.number;
    }
    rows = await bus.askAuditRows({ after });
  }
  return { first, ...check.end(), settledNumber };
};

/** The head that the first row follows, if what was before it may be gone by now. */
const startOf = (row: AuditRow, now: number): ChainHead => {
  const record = recordOf(row);
  if (!record || record.entry.at > now - leastKeptMs) return emptyHead;
  return { number: record.number - 1, hash: record.previous };
};

/** Checks a row, and that what it is asked by is what its record says. */
export const takeRow = (check: ChainCheck, row: AuditRow): ChainFault | undefined => {
  const record = recordOf(row);
  if (!record) return { number: row.number, fault: 'changed' };
  check.take(record);
  const { fault, head } = check.state();
  if (fault) return fault;
  return isTrueRow(row, record) ? undefined : { number: head.number, fault: 'changed' };
};

const missingEnd = ({ number }: ChainHead, settledNumber: number): ChainFault | undefined =>
  settledNumber > number ? { number: number + 1, fault: 'cut' } : undefined;

const missingBeginning = (first: number): ChainFault | undefined =>
  first > 1 ? { number: 1, fault: 'missing' } : undefined;
