import type { FoundSituation } from '../../alerts/index.ts';
import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';

/** Makes situations on the clip's own time out of alert events. */
export class FoundSituations {
  readonly #startAt: number;
  readonly #raised = new Map<string, RaisedAlert>();
  readonly #endedAt = new Map<string, number>();

  /** `startAt`: the moment of stream time 0. */
  constructor(startAt: number) {
    this.#startAt = startAt;
  }

  note(event: AlertEvent): void {
    if (event.type === 'raised') this.#raised.set(event.alertId, event.alert);
    if (event.type === 'ended') this.#endedAt.set(event.alertId, event.endedAt);
    else this.#endedAt.delete(event.alertId); // it goes on
  }

  /** What is not over goes on to the end of the clip. */
  all(lengthMs: number): FoundSituation[] {
    return [...this.#raised.values()].map(({ alertId, scenarioId, startedAt, capturedAt }) => ({
      scenarioId,
      startedMs: startedAt - this.#startAt,
      endedMs: (this.#endedAt.get(alertId) ?? this.#startAt + lengthMs) - this.#startAt,
      raisedMs: capturedAt - this.#startAt,
    }));
  }
}
