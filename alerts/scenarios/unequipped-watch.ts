import type { Label } from '../../core/schema/label.ts';
import type { WatchExplanation } from './explain.ts';
import type { Alerting, Ongoing, Watch } from './watch.ts';

/** A scenario for which the installed model has none of the classes. It watches nothing, and says so. */
export class UnequippedWatch implements Watch {
  readonly #lack: WatchExplanation;
  readonly #alerting: Alerting;

  constructor(labels: readonly Label[], modelId: string, alerting: Alerting) {
    this.#lack = { state: 'idle', missing: [{ what: 'model', labels: [...labels], modelId }] };
    this.#alerting = alerting;
  }

  look(): boolean {
    return false;
  }

  dueInMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** Nobody can say any longer whether it goes on. */
  resume(situation: Ongoing): void {
    this.#alerting.end(situation);
  }

  recall(): void {
    // Nothing begins here that could be taken for it.
  }

  expire(): void {
    // Nothing goes on here.
  }

  ongoing(): readonly Ongoing[] {
    return [];
  }

  explain(): WatchExplanation {
    return this.#lack;
  }
}
