import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import { toAlertLine, toContinuesLine } from './alert-words.ts';

/** Alerts that a later line may have to name. */
const keptAlerts = 1000;

/** What is said of alerts as they happen: that they are raised, and that they continue. */
export class AlertLines {
  readonly #placeName: (code: string) => string;
  readonly #alerts = new Map<string, RaisedAlert>();

  constructor(placeName: (code: string) => string) {
    this.#placeName = placeName;
  }

  /** Nothing for an event that is not shown. */
  of(event: AlertEvent): string | undefined {
    const place = this.#placeName(event.place);
    if (event.type === 'resumed') return toContinuesLine(event, place, this.#alerts.get(event.alertId));
    if (event.type !== 'raised') return undefined;
    this.#alerts.set(event.alertId, event.alert);
    for (const oldest of this.#alerts.keys()) {
      if (this.#alerts.size <= keptAlerts) break;
      this.#alerts.delete(oldest);
    }
    return toAlertLine(event.alert, place);
  }
}
