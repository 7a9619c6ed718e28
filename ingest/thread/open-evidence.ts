import type { Medium } from '../../core/schema/alert.ts';
import { mediums } from '../../core/schema/mediums.ts';
import type { EvidenceOutcome, EvidenceRequest } from '../../core/stages.ts';

/**
 * Evidence that was asked of a camera thread and has not come. Every medium of every request gets exactly one
 * outcome, also when the thread is lost with it.
 */
export class OpenEvidence {
  readonly #onOutcome: (outcome: EvidenceOutcome) => void;
  readonly #open = new Map<string, { cameraId: string; mediums: Set<Medium> }>();

  constructor(onOutcome: (outcome: EvidenceOutcome) => void) {
    this.#onOutcome = onOutcome;
  }

  asked({ alertId, cameraId }: EvidenceRequest): void {
    this.#open.set(alertId, { cameraId, mediums: new Set(mediums) });
  }

  came(outcome: EvidenceOutcome): void {
    const entry = this.#open.get(outcome.alertId);
    if (!entry?.mediums.delete(outcome.medium)) return;
    if (entry.mediums.size === 0) this.#open.delete(outcome.alertId);
    this.#onOutcome(outcome);
  }

  /** None of it will come any more. */
  lost(reason: string): void {
    for (const [alertId, { cameraId, mediums: open }] of this.#open) {
      this.#open.delete(alertId);
      for (const medium of open) this.#onOutcome({ alertId, cameraId, medium, reason });
    }
  }
}
