import type { Bus } from '../../core/bus/bus.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import { maxReconciled, type ReconciledSpan, type Reconciliation } from '../../core/schema/reconciliation.ts';
import type { StageDeps } from '../../core/stages.ts';
import { apiError } from '../errors.ts';
import type { History } from '../history/index.ts';
import { compareSources } from './compare-sources.ts';

export interface ReconciliationDeps extends StageDeps {
  bus: Pick<Bus, 'raisedAlerts' | 'alertSubscribers' | 'gatherOutboxes' | 'answerReconcile' | 'isConnected'>;
  history: Pick<History, 'raisedAlerts'>;
}

/** The comparing of where alerts are, again and again. */
export interface Reconciler {
  /** What came of the last time; undefined before the first. */
  latest(): Reconciliation | undefined;
  /** Compares now. Throws `reconciliation-span`, and what the bus and the history throw. */
  run(span: ReconciledSpan): Promise<Reconciliation>;
}

export interface OpenReconciler extends Reconciler {
  close(): Promise<void>;
}

const periodMs = 5 * 60_000;
/** What was raised a moment ago is on its way. */
export const settleMs = 2 * 60_000;
/** Twelve times the period: what lay in the outboxes for an hour is still seen to arrive or not. */
export const usualSpanMs = 60 * 60_000;
/** Outboxes write down eight days; a day of them is asked for at once. */
export const maxSpanMs = 86_400_000;

/** The span that is compared unless told otherwise. */
export const usualSpan = (now: number): ReconciledSpan => {
  const to = Math.max(0, Math.floor(now - settleMs));
  return { from: Math.max(0, to - usualSpanMs), to };
};

/** Compares every few minutes where the last hour's alerts are, and answers the bus when asked to. */
export const openReconciliation = (deps: ReconciliationDeps): OpenReconciler => {
  const { bus, clock, log, metrics } = deps;
  const closing = new AbortController();
  let latest: Reconciliation | undefined;
  const run = async (span: ReconciledSpan): Promise<Reconciliation> => {
    checkSpan(span, clock.now());
    const { accounts, problems } = await gather(deps, span);
    return { ...compareSources(span, accounts, problems), at: Math.round(clock.now()) };
  };
  const turn = async (): Promise<void> => {
    if (!bus.isConnected) return; // health says so already, and nothing can be compared
    try {
      latest = await run(usualSpan(clock.now()));
      tell(deps, latest);
    } catch (error) {
      metrics.count('xueliang_api_reconciliation_failures_total', 'Times the sources could not be compared');
      log.warn({ service: 'reconciliation', err: error }, 'the sources could not be compared; tried again');
    }
  };
  const running = runEvery(clock, periodMs, closing.signal, turn);
  const forget = bus.answerReconcile(async (span) => {
    try {
      return await run(span);
    } catch (error) {
      log.warn({ service: 'reconciliation', err: error }, 'the sources could not be compared');
      throw error;
    }
  });
  return {
    latest: () => latest,
    run,
    close: async () => {
      forget();
      closing.abort();
      await running;
    },
  };
};

const checkSpan = ({ from, to }: ReconciledSpan, now: number): void => {
  if (from < to && to - from <= maxSpanMs && to <= now - settleMs) return;
  throw apiError(
    'reconciliation-span',
    'give from before to, at most a day between them, and to at least 2 minutes ago',
  );
};

const gather = async ({ bus, history }: ReconciliationDeps, span: ReconciledSpan) => {
  // The outboxes first: what they wrote down has had time to arrive when the others are asked.
  const outboxes = await bus.gatherOutboxes(span);
  const stream = await bus.raisedAlerts(span, maxReconciled + 1);
  const rows = await history.raisedAlerts(span, maxReconciled + 1);
  const subscribers = await bus.alertSubscribers();
  const problems: string[] = [];
  if (outboxes.length === 0) problems.push('no role answers for the outboxes');
  const damaged = outboxes.reduce((total, account) => total + account.damagedLines, 0);
  if (damaged > 0) problems.push(`${damaged} lines of the outboxes’ journals are damaged`);
  const isTooMuch =
    outboxes.some(({ isTruncated }) => isTruncated) || Math.max(stream.length, rows.length) > maxReconciled;
  if (isTooMuch) problems.push(`more than ${maxReconciled} alerts: ask for a shorter span`);
  return { accounts: { outboxes, stream, history: rows, subscribers }, problems };
};

const tell = ({ log, metrics }: ReconciliationDeps, found: Reconciliation): void => {
  const { isEqual, differing, waiting, sources, differences, problems } = found;
  const help = 'Alerts of the last hour that a source lacks';
  metrics.gauge('xueliang_api_reconciliation_differing', help, differing);
  metrics.gauge('xueliang_api_reconciliation_equal', '1 when every source has every alert', isEqual ? 1 : 0);
  metrics.gauge('xueliang_api_reconciliation_waiting', 'Alerts on their way from an outbox', waiting);
  if (isEqual) return;
  log.error(
    { service: 'reconciliation', differing, problems, sources, first: differences.slice(0, 5) },
    'alerts are missing somewhere: see xueliang reconcile',
  );
};
