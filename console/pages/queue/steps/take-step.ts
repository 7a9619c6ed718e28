import { signal } from '@preact/signals';
import type { Static } from 'typebox';
import type { SteppedAlertView } from '../../../../api/schema/answer-views.ts';
import type { AlertState, AlertStep } from '../../../../core/schema/alert.ts';
import { ask } from '../../../http/ask.ts';
import { toAskFailure } from '../../../http/ask-failure.ts';
import { isSessionLost } from '../../../http/session-state.ts';
import { tell, tellFailure } from '../../../parts/toast.tsx';
import { stateWord } from '../../../words/alert-terms.ts';
import { clockTime } from '../../../words/site-time.ts';
import { keepDraft } from '../drafts.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { alerts, loadAlert, takeAlert } from '../queue-store.ts';
import { word } from '../words.ts';

type Stepped = QueueAlert & Pick<Static<typeof SteppedAlertView>, 'answerLink'>;

/** The way for a responder to answer, which the API tells once: of the last step, if that made one. */
export const answerLink = signal<Stepped['answerLink']>(undefined);

export type StepDetails = Pick<AlertStep, 'why' | 'responder' | 'duplicateOf' | 'reason'>;

/** The alerts that a step or comment is on its way for; a second press must not send it again. */
export const busy = signal<ReadonlySet<string>>(new Set());

const mark = (alertId: string, isBusy: boolean): void => {
  const next = new Set(busy.peek());
  if (isBusy) next.add(alertId);
  else next.delete(alertId);
  busy.value = next;
};

/** Brings an alert to a state, from the state before the operator's eyes; says what became of it. */
export const takeStep = async (
  alert: QueueAlert,
  to: AlertState,
  details: StepDetails = {},
): Promise<boolean> => {
  const { alertId, state: from } = alert;
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value));
  const isDone = await change(alertId, 'steps', { to, from, ...given }, () => sayMoved(alert));
  if (isDone) {
    keepDraft(alertId, 'why', '');
    tell(word('done', { what: stateWord(to) }), 'good');
  }
  return isDone;
};

export const addComment = async ({ alertId }: QueueAlert, text: string): Promise<void> => {
  if (await change(alertId, 'comments', { text }, () => Promise.resolve())) keepDraft(alertId, 'comment', '');
};

const change = async (
  alertId: string,
  what: 'steps' | 'comments',
  body: object,
  onMoved: () => Promise<void>,
): Promise<boolean> => {
  if (busy.peek().has(alertId)) return false;
  mark(alertId, true);
  try {
    const { answerLink: link, ...alert } = await ask<Stepped>(`/api/v1/alerts/${alertId}/${what}`, {
      method: 'POST',
      body,
    });
    takeAlert(alert);
    answerLink.value = link;
    return true;
  } catch (thrown) {
    const { code } = toAskFailure(thrown);
    if (code === 'alert-moved') await onMoved();
    else if (!isSessionLost.peek()) tellFailure(thrown);
    return false;
  } finally {
    mark(alertId, false);
  }
};

/** Somebody else was first: who, when, and what they made of it. */
const sayMoved = async ({ alertId, state }: QueueAlert): Promise<void> => {
  await loadAlert(alertId).catch(() => undefined); // the stream of events tells it too
  const now = alerts.peek().get(alertId);
  const last = now?.steps.at(-1);
  if (last?.by === undefined) {
    tell(word('movedByUnknown', { state: stateWord(now?.state ?? state) }), 'bad');
    return;
  }
  const values = { by: last.by, at: clockTime(last.at), state: stateWord(last.state) };
  tell(word('movedBy', values), 'bad');
};
