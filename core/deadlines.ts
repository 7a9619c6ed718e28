import { parseDuration } from './config/quantity.ts';
import type { Alert, AlertState } from './schema/alert.ts';
import { type Deadline, type DeadlineRule, type DeadlineStep, deadlineSteps } from './schema/deadline.ts';

type DeadlineAlert = Pick<Alert, 'place' | 'severity' | 'raisedAt' | 'steps'>;

/** 快反135: a minute to answer, three to be there, five to have dealt with it; in the country a circle of 15 minutes. */
const usual = {
  town: { acknowledge: '1m', onScene: '3m', disposition: '5m' },
  country: { acknowledge: '1m', onScene: '15m', disposition: '30m' },
} as const;

const dealtWith: readonly AlertState[] = ['resolved', 'falseAlarm', 'duplicate', 'reviewed', 'closed'];
/** What was dealt with from afar needs nobody on the scene. */
const metBy: Readonly<Record<DeadlineStep, readonly AlertState[]>> = {
  acknowledge: ['acknowledged', 'dispatched', 'onScene', ...dealtWith],
  onScene: ['onScene', ...dealtWith],
  disposition: dealtWith,
};

/** How long after raising a rule wants a step done. */
export const spanOf = (rule: DeadlineRule, step: DeadlineStep): number =>
  parseDuration(rule[step] ?? usual[rule.area ?? 'town'][step]);

const weightOf = (rule: DeadlineRule): number => (rule.place ?? '').length * 2 + (rule.severities ? 1 : 0);

/** Rules in the order in which they are asked: the first that fits an alert counts. */
export const inOrder = (rules: readonly DeadlineRule[]): DeadlineRule[] =>
  [...rules].sort((a, b) => weightOf(b) - weightOf(a));

const ruleFor = (
  { place, severity }: DeadlineAlert,
  rules: readonly DeadlineRule[],
): DeadlineRule | undefined =>
  inOrder(
    rules.filter(
      (rule) => place.startsWith(rule.place ?? '') && (rule.severities ?? [severity]).includes(severity),
    ),
  )[0];

/** A deadline of an alert, and when it was met, if it was. */
export interface KeptDeadline extends Deadline {
  metAt?: number;
}

/** All deadlines of an alert, the first to come first; none where no rule fits. */
export const deadlinesOf = (alert: DeadlineAlert, rules: readonly DeadlineRule[]): KeptDeadline[] => {
  const rule = ruleFor(alert, rules);
  if (!rule) return [];
  return deadlineSteps.map((step) => {
    const met = alert.steps.find(({ state }) => metBy[step].includes(state));
    const dueAt = alert.raisedAt + spanOf(rule, step);
    return { step, dueAt, ...(met === undefined ? {} : { metAt: met.at }) };
  });
};

/** What somebody has to do next about an alert, also when it should have been done by now. */
export const nextDeadline = (alert: DeadlineAlert, rules: readonly DeadlineRule[]): Deadline | undefined => {
  const next = deadlinesOf(alert, rules).find(({ metAt }) => metAt === undefined);
  return next && { step: next.step, dueAt: next.dueAt };
};

/** Deadlines that passed without being met, the first one first; each of them takes the alert one level further up. */
export const missedDeadlines = (
  alert: DeadlineAlert,
  rules: readonly DeadlineRule[],
  now: number,
): KeptDeadline[] => deadlinesOf(alert, rules).filter(({ dueAt, metAt }) => (metAt ?? now) > dueAt);
