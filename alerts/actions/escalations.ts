import { parseDuration } from '../../core/config/quantity.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Escalate } from '../../core/schema/action.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { ancestorOf, escalateAlert } from './escalate-alert.ts';
import type { Ledger } from './ledger.ts';

export interface EscalationsOptions {
  clock: Clock;
  lifecycle: Pick<Lifecycle, 'find'>;
  ledger: Ledger;
}

interface Pending {
  alertId: string;
  to: string;
  after: string;
  dueAt: number;
}

/** Hands an alert to the next place up the tree when nobody has taken it up in time. */
export class Escalations {
  readonly #options: EscalationsOptions;
  readonly #pending = new Map<string, Pending>();

  constructor(options: EscalationsOptions) {
    this.#options = options;
  }

  /** Sets the timers of an alert: the first action hands it one level up, the next in time one more. */
  expect(alert: Alert, actions: readonly Escalate[], missedBefore: number): void {
    const inTime = actions
      .map(({ after }) => ({ after, dueAt: alert.raisedAt + parseDuration(after) }))
      .sort((a, b) => a.dueAt - b.dueAt);
    for (const [index, { after, dueAt }] of inTime.entries()) {
      const to = ancestorOf(alert.place, index + 1);
      if (to === undefined || dueAt < missedBefore) continue;
      if (this.#options.ledger.isDone(alert, { action: 'escalate', target: to })) continue;
      this.#pending.set(`${alert.alertId} ${to}`, { alertId: alert.alertId, to, after, dueAt });
    }
  }

  /** To be called every second. */
  tick(): void {
    const now = this.#options.clock.now();
    for (const [key, pending] of this.#pending) {
      const alert = this.#options.lifecycle.find(pending.alertId);
      const isWaiting = alert?.state === 'raised';
      if (isWaiting && pending.dueAt > now) continue;
      this.#pending.delete(key);
      if (!isWaiting) continue;
      const { to, after } = pending;
      escalateAlert(this.#options, alert, { to, why: `not acknowledged within ${after}` });
    }
  }
}
