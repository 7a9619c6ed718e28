import { nextStatesOf } from '../../core/alert-steps.ts';
import type { Alert, AlertState, AlertStep } from '../../core/schema/alert.ts';
import { apiError } from '../errors.ts';

/** A step as it is asked for. `from` is the state that the asker had before their eyes. */
export interface WantedStep extends Pick<AlertStep, 'why' | 'responder' | 'duplicateOf' | 'reason'> {
  to: AlertState;
  from?: AlertState;
}

/**
 * Refuses what the lifecycle does not allow: `alert-moved` when somebody else was first, naming them; `step-illegal`,
 * naming what is allowed; `request-invalid` when a step lacks what it needs.
 */
export const checkStep = (alert: Alert, wanted: WantedStep): void => {
  const { state, steps } = alert;
  const last = steps.at(-1);
  const isMoved =
    wanted.from === undefined ? wanted.to === state && state !== 'dispatched' : wanted.from !== state;
  if (isMoved) {
    const facts = { state, by: last?.by, at: last?.at };
    const when = new Date(last?.at ?? 0).toISOString();
    throw apiError(
      'alert-moved',
      `${last?.by ?? 'the program'} has already made it ${state}, at ${when}`,
      facts,
    );
  }
  const allowed = nextStatesOf(state);
  if (!allowed.includes(wanted.to)) {
    const choice =
      allowed.length > 0 ? `it can become ${allowed.join(', ')}` : 'nothing more can be done to it';
    throw apiError('step-illegal', `an alert that is ${state} cannot become ${wanted.to}; ${choice}`, {
      state,
      allowed,
    });
  }
  checkDetails(alert, wanted);
};

const checkDetails = ({ alertId }: Alert, { to, responder, duplicateOf, reason }: WantedStep): void => {
  const lacks = (key: string, what: string) =>
    apiError('request-invalid', `body: ${key} is missing; an alert that becomes ${to} names ${what}`);
  const odd = (key: string) =>
    apiError('request-invalid', `body: ${key} has no meaning for an alert that becomes ${to}`);
  if (to === 'falseAlarm' && reason === undefined) throw lacks('reason', 'why it was none');
  if (to === 'duplicate' && duplicateOf === undefined)
    throw lacks('duplicateOf', 'the alert that it repeats');
  if (duplicateOf === alertId)
    throw apiError('request-invalid', 'body: an alert cannot be a duplicate of itself');
  if (to !== 'falseAlarm' && reason !== undefined) throw odd('reason');
  if (to !== 'duplicate' && duplicateOf !== undefined) throw odd('duplicateOf');
  if (to !== 'dispatched' && responder !== undefined) throw odd('responder');
};
