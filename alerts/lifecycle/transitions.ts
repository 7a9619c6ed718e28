import type { AlertState } from '../../core/schema/alert.ts';
import { alertsError } from '../errors.ts';

const outcomes: readonly AlertState[] = ['resolved', 'falseAlarm', 'duplicate'];

/**
 * The steps an alert may take (上报→派单→处置→复核→结案). An operator who sees at a glance that it is a false alarm or the
 * tenth alert of one thing says so in one step; anything else is first acknowledged, so that somebody has it in hand.
 */
export const transitions: ReadonlyMap<AlertState, readonly AlertState[]> = new Map<
  AlertState,
  readonly AlertState[]
>([
  ['raised', ['acknowledged', 'falseAlarm', 'duplicate']],
  ['acknowledged', ['dispatched', ...outcomes]],
  ['dispatched', ['onScene', ...outcomes]],
  ['onScene', outcomes],
  ['resolved', ['reviewed']],
  ['falseAlarm', ['reviewed']],
  ['duplicate', ['reviewed']],
  ['reviewed', ['closed']],
  ['closed', []],
]);

/** Throws `transition-illegal`, naming what is allowed, unless an alert may go from one state to the other. */
export const checkTransition = (from: AlertState, to: AlertState): void => {
  const allowed = transitions.get(from) ?? [];
  if (allowed.includes(to)) return;
  const choice = allowed.length > 0 ? `only to ${allowed.join(', ')}` : 'nowhere: it is closed';
  throw alertsError(
    'transition-illegal',
    `an alert that is ${from} cannot become ${to}; it can go ${choice}`,
    {
      from,
      to,
      allowed,
    },
  );
};
