import type { AlertView } from '../../../../api/schema/alert-view.ts';
import type { AlertState } from '../../../../core/schema/alert.ts';
import type { DeadlineStep } from '../../../../core/schema/deadline.ts';
import type { Severity } from '../../../../core/schema/severity.ts';

/** An alert as a list of open ones may give it: with what is due next beside it. */
export type QueueAlert = AlertView & { dueAt?: number; due?: DeadlineStep; overdue?: boolean };

export interface QueueRow {
  alert: QueueAlert;
  /** How many open alerts of its incident the row stands for; 1 for one alone. */
  count: number;
  isExpanded: boolean;
  /** One of an expanded incident, below its first. */
  isMember: boolean;
}

const open: ReadonlySet<AlertState> = new Set(['raised', 'acknowledged', 'dispatched', 'onScene']);

/** Whether somebody still has to do something about the matter. */
export const isOpen = ({ state }: Pick<QueueAlert, 'state'>): boolean => open.has(state);

export const openStates: readonly AlertState[] = [...open];

/** What has to be done next and by when, where a deadline is set. */
export const dueOf = ({
  nextDeadline,
  dueAt,
  due,
}: QueueAlert): { dueAt: number; step: DeadlineStep } | undefined => {
  if (dueAt !== undefined) return { dueAt, step: due ?? nextDeadline?.step ?? 'acknowledge' };
  return nextDeadline && { dueAt: nextDeadline.dueAt, step: nextDeadline.step };
};

const ranks: Readonly<Record<Severity, number>> = { urgent: 0, high: 1, medium: 2, low: 3 };

/** The severest first; of those, what is due first, then what has no deadline; of those, the oldest. */
export const byPriority = (a: QueueAlert, b: QueueAlert): number =>
  ranks[a.severity] - ranks[b.severity] ||
  compare(dueOf(a)?.dueAt ?? Number.POSITIVE_INFINITY, dueOf(b)?.dueAt ?? Number.POSITIVE_INFINITY) ||
  a.raisedAt - b.raisedAt ||
  (a.alertId < b.alertId ? -1 : 1);

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** The rows of the queue: an incident is one row, at its most pressing alert, unless it is expanded. */
export const toRows = (alerts: Iterable<QueueAlert>, expanded: ReadonlySet<string>): QueueRow[] => {
  const groups = new Map<string, QueueAlert[]>();
  for (const alert of [...alerts].filter(isOpen).sort(byPriority)) {
    const key = alert.incidentId ?? alert.alertId;
    const group = groups.get(key);
    if (group) group.push(alert);
    else groups.set(key, [alert]);
  }
  return [...groups].flatMap(([key, group]) => toGroupRows(group, expanded.has(key)));
};

const toGroupRows = (group: readonly QueueAlert[], isExpanded: boolean): QueueRow[] => {
  const shown = isExpanded ? group : group.slice(0, 1);
  return shown.map((alert, index) => ({
    alert,
    count: index === 0 ? group.length : 1,
    isExpanded: isExpanded && group.length > 1,
    isMember: index > 0,
  }));
};
