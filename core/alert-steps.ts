import type { Alert, AlertState } from './schema/alert.ts';
import type { Right } from './schema/role.ts';

/**
 * 上报→派单→处置→复核→结案: which states an alert may be brought to from each. One that was dealt with is reviewed, and
 * closed after that, or sent back; one that is closed stays so.
 */
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

/** The states that an alert may be brought to now. */
export const nextStatesOf = (state: AlertState): readonly AlertState[] => nextStates[state];

/** Whether somebody still has to do something about the matter itself, rather than about its record. */
export const isPending = ({ state }: Pick<Alert, 'state'>): boolean => nextStates[state].includes('resolved');

/** Whoever deals with alerts may not send people out by that alone, nor review their own work. */
export const rightFor = (to: AlertState): Right => {
  if (to === 'dispatched') return 'alerts.dispatch';
  return to === 'reviewed' || to === 'closed' ? 'alerts.review' : 'alerts.handle';
};
