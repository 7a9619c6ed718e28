import { computed, signal } from '@preact/signals';
import { foldAlert } from '../../../core/alert-fold.ts';
import type { AlertEvent } from '../../../core/schema/alert.ts';
import { listenForAlerts } from '../../http/alert-stream.ts';
import { ask } from '../../http/ask.ts';
import { askAll } from '../../http/ask-all.ts';
import { toAskFailure } from '../../http/ask-failure.ts';
import { now } from '../../words/site-time.ts';
import { isOpen, openStates, type QueueAlert, toRows } from './list/open-list.ts';

/** Every alert that this page knows, open or dealt with since it was opened. */
export const alerts = signal<ReadonlyMap<string, QueueAlert>>(new Map());
export const expanded = signal<ReadonlySet<string>>(new Set());
export const isLoaded = signal(false);
export const loadFailure = signal<unknown>(undefined);

export const rows = computed(() => toRows(alerts.value.values(), expanded.value));

/** Dealt-with alerts are kept for a look back; the oldest beyond these go. */
const maxKnown = 4000;
/** The history is up to a second behind: a younger alert that it does not have yet is not gone. */
const belatedMs = 10_000;
const reloadAfterMs = 1500;

const set = (changed: Iterable<QueueAlert>): void => {
  const next = new Map(alerts.peek());
  for (const alert of changed) next.set(alert.alertId, alert);
  for (const [id, alert] of next) {
    if (next.size <= maxKnown) break;
    if (!isOpen(alert)) next.delete(id);
  }
  alerts.value = next;
};

/** Takes in an alert as the API answered it, unless something newer of it is known already. */
export const takeAlert = (alert: QueueAlert): void => {
  const known = alerts.peek().get(alert.alertId);
  if (!known || known.lastSequence <= alert.lastSequence) set([alert]);
};

/** Takes in one event; gives the alert when the event raised it. */
export const takeEvent = (event: AlertEvent, sequence: number): QueueAlert | undefined => {
  const known = alerts.peek().get(event.alertId);
  const folded = foldAlert(known, event, sequence);
  if (!folded || folded === known) return undefined;
  set([event.type === 'transition' ? withoutDeadline(folded) : folded]);
  return known ? undefined : folded;
};

/** What was due is done or no longer due; what is due now only the API knows. */
const withoutDeadline = ({
  nextDeadline: _,
  dueAt: __,
  due: ___,
  overdue: ____,
  ...rest
}: QueueAlert): QueueAlert => rest;

const askOpen = async (): Promise<QueueAlert[]> => {
  try {
    return await askAll<QueueAlert>('/api/v1/alerts/open', { query: { limit: 500 } });
  } catch (thrown) {
    const { kind } = toAskFailure(thrown);
    if (kind !== 'not-found' && kind !== 'invalid') throw thrown;
    return askAll<QueueAlert>('/api/v1/alerts', { query: { state: openStates, limit: 500 } });
  }
};

export const loadQueue = async (): Promise<void> => {
  try {
    const loaded = await askOpen();
    const ids = new Set(loaded.map(({ alertId }) => alertId));
    const isGone = (known: QueueAlert): boolean =>
      isOpen(known) && !ids.has(known.alertId) && now.peek() - known.raisedAt > belatedMs;
    const before = alerts.peek();
    alerts.value = new Map([...before].filter(([, known]) => !isGone(known)));
    set(loaded.filter((one) => (before.get(one.alertId)?.lastSequence ?? -1) <= one.lastSequence));
    isLoaded.value = true;
    loadFailure.value = undefined;
  } catch (failure) {
    loadFailure.value = failure;
  }
};

/** One alert, wherever it stands; throws AskFailure. */
export const loadAlert = async (alertId: string): Promise<void> =>
  takeAlert(await ask<QueueAlert>(`/api/v1/alerts/${alertId}`));

let isReloadDue = false;

const reloadSoon = (): void => {
  if (isReloadDue) return;
  isReloadDue = true;
  setTimeout(() => {
    isReloadDue = false;
    void loadQueue();
  }, reloadAfterMs);
};

/** Keeps the queue as it is on the site; `onRaised` hears of each new alert. Until what it gives is called. */
export const followQueue = (onRaised: (alert: QueueAlert) => void): (() => void) => {
  void loadQueue();
  return listenForAlerts({
    onAlertEvent: (event, sequence) => {
      const raised = takeEvent(event, sequence);
      if (raised) onRaised(raised);
      if (raised || event.type === 'transition') reloadSoon();
    },
    onGap: () => void loadQueue(),
  });
};
