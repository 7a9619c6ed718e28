import { nextStatesOf, rightFor } from '../../../../core/alert-steps.ts';
import type { AlertState } from '../../../../core/schema/alert.ts';
import { may } from '../../../http/session-state.ts';
import { commentFieldId } from '../detail/comments.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';
import { type DialogName, openDialog } from './dialogs.ts';
import { loudspeakersAt } from './resources.ts';
import { takeStep } from './take-step.ts';

export interface Action {
  name:
    | 'acknowledge'
    | 'dispatch'
    | 'onScene'
    | 'talkDown'
    | 'resolve'
    | 'falseAlarm'
    | 'duplicate'
    | 'comment';
  key: string;
  /** Why it cannot be done now; absent when it can. */
  refusal: string | undefined;
  act(): void;
}

const refuse = (alert: QueueAlert, to: AlertState): string | undefined => {
  if (!may(rightFor(to))) return word('notAllowed');
  return nextStatesOf(alert.state).includes(to) ? undefined : word('notNow');
};

const open = (name: DialogName) => (): void => {
  openDialog.value = name;
};

const toComment = (): void => document.getElementById(commentFieldId)?.focus();

const refuseTalkDown = ({ place }: QueueAlert): string | undefined => {
  if (!may('alerts.handle')) return word('notAllowed');
  return loudspeakersAt(place).length > 0 ? undefined : word('noLoudspeaker');
};

/** What an operator can do about an alert, each with its key, and why not where not. */
export const actionsFor = (alert: QueueAlert): readonly Action[] => {
  const step = (name: Action['name'], key: string, to: AlertState, act: () => void): Action => ({
    ...{ name, key, act },
    refusal: refuse(alert, to),
  });
  return [
    step('acknowledge', 'a', 'acknowledged', () => void takeStep(alert, 'acknowledged')),
    step('dispatch', 'd', 'dispatched', open('dispatch')),
    step('onScene', 's', 'onScene', () => void takeStep(alert, 'onScene')),
    { name: 'talkDown', key: 't', refusal: refuseTalkDown(alert), act: open('talkDown') },
    step('resolve', 'r', 'resolved', open('resolve')),
    step('falseAlarm', 'f', 'falseAlarm', open('falseAlarm')),
    step('duplicate', 'u', 'duplicate', open('duplicate')),
    {
      ...{ name: 'comment', key: 'c', act: toComment },
      refusal: may('alerts.handle') ? undefined : word('notAllowed'),
    },
  ];
};
