import { deadlinesOf, missedDeadlines } from '../../core/deadlines.ts';
import type { Resources } from '../../core/resources.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { DeadlineRule, DeadlineStep } from '../../core/schema/deadline.ts';
import type { StageDeps } from '../../core/stages.ts';
import { ancestorOf, escalateAlert } from '../actions/escalate-alert.ts';
import type { Ledger } from '../actions/ledger.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';

export interface DeadlinesOptions extends StageDeps {
  resources: Pick<Resources, 'site'>;
  lifecycle: Pick<Lifecycle, 'find' | 'openAlerts'>;
  ledger: Ledger;
}

/**
 * Hands an alert one level up for every deadline that passes. Which have passed is read from the log and the rules each
 * time, so a restart forgets nothing; to whom it went is an event, so nothing is done twice.
 */
export class Deadlines {
  readonly #options: DeadlinesOptions;
  /** When each alert has to be looked at next. */
  readonly #due = new Map<string, number>();
  #rules: readonly DeadlineRule[] | undefined;

  constructor(options: DeadlinesOptions) {
    this.#options = options;
  }

  /** Takes an alert as an event has made it: it is looked at with the next tick. */
  take({ alertId, state }: Alert): void {
    if (state === 'closed') this.#due.delete(alertId);
    else this.#due.set(alertId, 0);
  }

  /** To be called every second. What was due before `missedBefore` is let be: the rule may be younger than that. */
  tick(missedBefore: number): void {
    this.#followRules();
    const now = this.#options.clock.now();
    for (const [alertId, dueAt] of this.#due) {
      if (dueAt > now) continue;
      const alert = this.#options.lifecycle.find(alertId);
      const next = alert && this.#look(alert, missedBefore);
      if (next === undefined) this.#due.delete(alertId);
      else this.#due.set(alertId, next);
    }
  }

  /** Escalates what has been missed; gives when the next deadline will be, if there is one. */
  #look(alert: Alert, missedBefore: number): number | undefined {
    const rules = this.#rules ?? [];
    const now = this.#options.clock.now();
    for (const [index, { step, dueAt }] of missedDeadlines(alert, rules, now).entries()) {
      const to = ancestorOf(alert.place, index + 1);
      if (to === undefined || dueAt < missedBefore) continue;
      const minutes = Math.round((dueAt - alert.raisedAt) / 6000) / 10;
      const isNew = escalateAlert(this.#options, alert, { to, why: `${step} not within ${minutes} min` });
      if (isNew) this.#count(step);
    }
    return deadlinesOf(alert, rules).find(({ dueAt, metAt }) => metAt === undefined && dueAt >= now)?.dueAt;
  }

  #count(step: DeadlineStep): void {
    this.#options.metrics.count(
      'xueliang_alerts_deadlines_missed_total',
      'Deadlines that passed and took an alert one level up',
      { step },
    );
  }

  /** New rules may make something due sooner. */
  #followRules(): void {
    const { resources, lifecycle } = this.#options;
    const rules = resources.site().deadlines ?? [];
    if (rules === this.#rules) return;
    this.#rules = rules;
    for (const alert of lifecycle.openAlerts()) this.take(alert);
  }
}
