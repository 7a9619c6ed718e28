import { createHash } from 'node:crypto';
import { decodeTime } from 'ulid';
import type { RaisedOnBus, Subscriber } from '../../core/bus/bus.ts';
import type {
  OutboxAccount,
  ReconciledSource,
  ReconciledSpan,
  Reconciliation,
} from '../../core/schema/reconciliation.ts';
import { matchesSubject } from './matches-subject.ts';

/** What each source says was raised in a span. */
export interface Accounts {
  outboxes: readonly OutboxAccount[];
  stream: readonly RaisedOnBus[];
  history: readonly { alertId: string; cameraId: string }[];
  subscribers: readonly Subscriber[];
}

/** Which alerts one source has, and which it must have. */
interface Ledger {
  source: string;
  has: ReadonlySet<string>;
  isExpected(alertId: string): boolean;
}

const hourMs = 3_600_000;
const maxDifferences = 100;
const maxRows = 1000;

/**
 * Compares what the sources say. Every alert that any of them knows must be in all of them, but for those that wait in
 * an outbox, those from before the outboxes wrote anything down, and those that a subscriber did not ask for.
 */
export const compareSources = (
  span: ReconciledSpan,
  accounts: Accounts,
  problems: readonly string[],
): Omit<Reconciliation, 'at'> => {
  const cameraOf = camerasOf(accounts);
  const alertIds = [...cameraOf.keys()].sort();
  const waiting = new Set(accounts.outboxes.flatMap((account) => account.waiting));
  const ledgers = toLedgers(accounts, waiting);
  const differences = alertIds.flatMap((alertId) => {
    const missingFrom = ledgers
      .filter(({ has, isExpected }) => isExpected(alertId) && !has.has(alertId))
      .map(({ source }) => source);
    return missingFrom.length === 0 ? [] : [{ alertId, cameraId: cameraOf.get(alertId) ?? '', missingFrom }];
  });
  return {
    ...span,
    isEqual: differences.length === 0 && problems.length === 0,
    sources: ledgers.map((ledger) => sum(ledger, alertIds)),
    cameras: byCameraAndHour(ledgers, cameraOf),
    differences: differences.slice(0, maxDifferences),
    differing: differences.length,
    waiting: alertIds.filter((alertId) => waiting.has(alertId)).length,
    problems: [...problems],
  };
};

const camerasOf = ({ outboxes, stream, history }: Accounts): Map<string, string> => {
  const cameraOf = new Map<string, string>();
  for (const { raised } of outboxes)
    for (const { cameraId, alertIds } of raised)
      for (const alertId of alertIds) cameraOf.set(alertId, cameraId);
  for (const { alertId, cameraId } of [...stream, ...history]) cameraOf.set(alertId, cameraId);
  return cameraOf;
};

const toLedgers = ({ outboxes, stream, history, subscribers }: Accounts, waiting: Set<string>): Ledger[] => {
  const since = Math.min(...outboxes.map((account) => account.since ?? Number.POSITIVE_INFINITY));
  const isDue = (alertId: string): boolean => !waiting.has(alertId);
  const onBus = new Map(stream.map((row) => [row.alertId, row]));
  const written = outboxes.flatMap(({ raised }) => raised.flatMap(({ alertIds }) => alertIds));
  return [
    { source: 'outbox', has: new Set(written), isExpected: (alertId) => decodeTime(alertId) >= since },
    { source: 'stream', has: new Set(onBus.keys()), isExpected: isDue },
    { source: 'history', has: new Set(history.map(({ alertId }) => alertId)), isExpected: isDue },
    ...subscribers.map((subscriber) => toLedger(subscriber, onBus)),
  ];
};

/** A subscriber has what it acknowledged, and must have of the stream what it asked for. */
const toLedger = (
  { durable, filters, acknowledged, hasAll }: Subscriber,
  onBus: ReadonlyMap<string, RaisedOnBus>,
): Ledger => {
  const wanted = [...onBus.values()].filter(
    ({ subject }) => filters.length === 0 || filters.some((filter) => matchesSubject(subject, filter)),
  );
  const has = wanted.filter(({ sequence }) => hasAll || sequence <= acknowledged);
  const wantedIds = new Set(wanted.map(({ alertId }) => alertId));
  return {
    source: `subscriber ${durable}`,
    has: new Set(has.map(({ alertId }) => alertId)),
    isExpected: (alertId) => wantedIds.has(alertId),
  };
};

const sum = ({ source, has, isExpected }: Ledger, alertIds: readonly string[]): ReconciledSource => {
  const expected = alertIds.filter(isExpected);
  const present = expected.filter((alertId) => has.has(alertId));
  const digest = createHash('sha256').update(present.join('\n')).digest('hex').slice(0, 16);
  return { source, expected: expected.length, count: present.length, digest };
};

const byCameraAndHour = (
  ledgers: readonly Ledger[],
  cameraOf: ReadonlyMap<string, string>,
): Reconciliation['cameras'] => {
  const rows = new Map<string, { cameraId: string; hourAt: number; counts: number[] }>();
  for (const [alertId, cameraId] of cameraOf) {
    const hourAt = Math.floor(decodeTime(alertId) / hourMs) * hourMs;
    const key = `${cameraId} ${hourAt}`;
    const row = rows.get(key) ?? { cameraId, hourAt, counts: ledgers.map(() => 0) };
    row.counts = row.counts.map((count, index) => count + (ledgers[index]?.has.has(alertId) ? 1 : 0));
    rows.set(key, row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return sorted.slice(0, maxRows);
};
