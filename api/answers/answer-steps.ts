import type { Clock } from '../../core/runtime/clock.ts';
import type { Alert } from '../../core/schema/alert.ts';
import { apiError } from '../errors.ts';
import { appendToAlert, type Said, type StepBus } from '../steps/append-to-alert.ts';
import { checkStep } from '../steps/step-rules.ts';
import type { AnswerDesk, HeldAnswer } from './answer-desk.ts';
import { toResponderId } from './answer-ending.ts';

export const answerSteps = ['accept', 'arrived', 'done'] as const;
export type AnswerStep = (typeof answerSteps)[number];

/** What a responder may say next. */
export const nextAnswerSteps = ({ link, alert, ending }: HeldAnswer): AnswerStep[] => {
  if (ending) return [];
  if (alert.state === 'onScene') return ['done'];
  return link.acceptedAt === undefined ? ['accept', 'arrived'] : ['arrived', 'done'];
};

export interface AnswerStepDeps {
  desk: AnswerDesk;
  bus: StepBus;
  clock: Clock;
  before(alert: Alert): Promise<void>;
}

const acceptedWords = '已接单，正在前往 (accepted, on the way)';

/**
 * Writes what a responder says of an alert, under the responder's id and by compare-and-set. Said twice, as a telephone
 * does that never heard the answer, it is once.
 */
export const takeAnswerStep = async (
  { desk, bus, clock, before }: AnswerStepDeps,
  held: HeldAnswer,
  { step, why }: { step: AnswerStep; why?: string },
): Promise<void> => {
  const { alert, link } = held;
  const by = toResponderId(link.responder);
  const deps = { bus, before, now: () => Math.round(clock.now()) };
  const append = (say: (now: Alert) => Said) =>
    appendToAlert(deps, { alertId: alert.alertId, ground: alert.place }, (now) => {
      requireSameDispatch(held, now);
      return say(now);
    });
  if (step === 'accept') {
    if (link.acceptedAt !== undefined) return;
    await append(() => ({ type: 'commented', by, text: acceptedWords }));
    await desk.accept(held);
    return;
  }
  const to = step === 'arrived' ? 'onScene' : 'resolved';
  const last = alert.steps.at(-1);
  if (alert.state === to && last?.by === by) return;
  if (to === 'resolved' && why === undefined)
    throw apiError('request-invalid', 'body: why is missing; say what was done');
  await append((now) => {
    checkStep(now, { to });
    return { type: 'transition', by, to, ...(why === undefined ? {} : { why }) };
  });
};

/** Somebody may have been sent anew since the link was looked at. */
const requireSameDispatch = ({ link }: HeldAnswer, { steps }: Alert): void => {
  const dispatch = steps.findLast(({ state }) => state === 'dispatched');
  if (dispatch?.at === link.dispatchedAt && dispatch.responder === link.responder) return;
  throw apiError('answer-over', 'this link is good no longer: somebody was sent anew');
};
