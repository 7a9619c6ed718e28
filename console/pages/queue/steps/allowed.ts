import type { AlertState } from '../../../../core/schema/alert.ts';
import type { Right } from '../../../../core/schema/role.ts';

/** Which states an alert may be brought to from each: the API's own rules, which a test holds this to. */
const nextStates: Readonly<Record<AlertState, readonly AlertState[]>> = {
  raised: ['acknowledged', 'dispatched', 'resolved', 'falseAlarm', 'duplicate'],
  acknowledged: ['dispatched', 'onScene', 'resolved', 'falseAlarm', 'duplicate'],
  dispatched: ['dispatched', 'onScene', 'resolved', 'falseAlarm', 'duplicate'],
  onScene: ['dispatched', 'resolved', 'falseAlarm', 'duplicate'],
  resolved: ['reviewed', 'acknowledged'],
  falseAlarm: ['reviewed', 'acknowledged'],
  duplicate: ['reviewed', 'acknowledged'],
  reviewed: ['closed', 'acknowledged'],
  closed: [],
};

export const isAllowed = (from: AlertState, to: AlertState): boolean => nextStates[from].includes(to);

export const rightFor = (to: AlertState): Right => {
  if (to === 'dispatched') return 'alerts.dispatch';
  return to === 'reviewed' || to === 'closed' ? 'alerts.review' : 'alerts.handle';
};
