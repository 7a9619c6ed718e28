import { toAppError } from '../../core/errors.ts';
import { numberedEventId } from '../../core/event-number.ts';
import type { AlertEvent, AlertFacts, RaisedAlert } from '../../core/schema/alert.ts';
import { mediums } from '../../core/schema/mediums.ts';
import type { WideScenario } from '../../core/schema/scenario.ts';
import type { Outbox, StageDeps } from '../../core/stages.ts';
import { toUlid } from '../../core/ulid.ts';
import { endEventId, type Situation, type Situations } from './situations.ts';

export interface WideAlertsOptions extends StageDeps {
  siteId: () => string;
  outbox: Pick<Outbox, 'put'>;
  situations: Situations;
}

/** What is to be alerted to. */
export interface WideFinding
  extends Pick<
    RaisedAlert,
    'cameraId' | 'cameraName' | 'otherCameras' | 'place' | 'startedAt' | 'capturedAt' | 'facts'
  > {
  key: string;
  /** When it was decided. */
  at: number;
  /** Why it has no pictures. */
  withoutMedia: string;
}

/** Writes the alerts of the wide scenarios. */
export class WideAlerts {
  readonly #options: WideAlertsOptions;

  constructor(options: WideAlertsOptions) {
    this.#options = options;
  }

  raise(scenario: WideScenario, finding: WideFinding): void {
    const alert = this.#compose(scenario, finding);
    const { alertId, cameraId, place, kind, severity } = alert;
    const raised = base(alert, alert.raisedAt, `${alertId}.raised`);
    this.#put({ ...raised, type: 'raised', alert });
    for (const medium of mediums) {
      const missing = base({ alertId, cameraId, place }, alert.raisedAt, `${alertId}.${medium}-missing`);
      this.#put({ ...missing, type: 'mediaMissing', medium, reason: finding.withoutMedia });
    }
    this.#options.log.info({ cameraId, scenarioId: scenario.id, kind, severity, alertId }, 'alert raised');
    this.#options.metrics.count('xueliang_alerts_raised_total', 'Alerts raised', { kind, severity });
  }

  update(situation: Situation, facts: AlertFacts): void {
    const at = this.#now();
    this.#put({
      ...base(situation, at, numberedEventId(situation.alertId, 'updated', situation.updates + 1)),
      type: 'updated',
      facts,
      capturedAt: at,
    });
  }

  resume(situation: Situation, facts: AlertFacts): void {
    const at = this.#now();
    const eventId = numberedEventId(situation.alertId, 'resumed', situation.resumptions + 1);
    const resumed = base(situation, at, eventId);
    this.#put({ ...resumed, type: 'resumed', facts, capturedAt: at });
    this.#options.log.info({ alertId: situation.alertId }, 'situation goes on');
  }

  end(situation: Situation, endedAt: number): void {
    const { alertId, cameraId, kind, startedAt } = situation;
    const over = Math.round(Math.max(startedAt, endedAt));
    this.#put({
      ...base(situation, this.#now(), endEventId(situation)),
      type: 'ended',
      endedAt: over,
    });
    this.#options.log.info({ cameraId, alertId, endedAt: over }, 'situation over');
    const help = 'Situations that were alerted to and are over';
    this.#options.metrics.count('xueliang_alerts_ended_total', help, { kind });
  }

  #compose(scenario: WideScenario, finding: WideFinding): RaisedAlert {
    const { key, at, withoutMedia: _, ...shown } = finding;
    const raisedAt = this.#now();
    return {
      ...shown,
      alertId: toUlid(Math.round(at), key),
      siteId: this.#options.siteId(),
      scenarioId: scenario.id,
      scenarioName: scenario.name,
      kind: scenario.kind,
      severity: scenario.severity,
      startedAt: Math.round(shown.startedAt),
      capturedAt: Math.round(shown.capturedAt),
      clockQuality: 'arrival',
      receivedAt: raisedAt,
      raisedAt,
      objects: [],
    };
  }

  /** What the outbox takes is as good as on the bus; what it refuses for want of room is decided again later. */
  #put(event: AlertEvent): void {
    const { outbox, situations, log } = this.#options;
    situations.take(event);
    void outbox.put(event).catch((thrown: unknown) => {
      const error = toAppError(thrown);
      log.error({ eventId: event.eventId, err: error }, 'an alert event is not safe on disk');
      if (error.code === 'outbox-full' || error.code === 'outbox-closed') situations.undo(event);
    });
  }

  #now(): number {
    return Math.round(this.#options.clock.now());
  }
}

const base = (
  { alertId, cameraId, place }: Pick<RaisedAlert, 'alertId' | 'cameraId' | 'place'>,
  at: number,
  eventId: string,
) => ({ schemaVersion: 1 as const, eventId, alertId, cameraId, place, at });
