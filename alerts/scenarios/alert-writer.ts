import type { RaisedAlert } from '../../core/schema/alert.ts';
import type { ScenarioKind } from '../../core/schema/scenario.ts';
import type { ScenarioOutput, StageDeps } from '../../core/stages.ts';
import { type Cause, composeAlert, toEndedEvent, toLaterEvent, toRaisedEvent } from './alert-events.ts';
import type { ToldAlert } from './alert-memory.ts';
import type { Equipment } from './create-watch.ts';
import type { Scene } from './scene.ts';
import type { Ongoing } from './watch.ts';

/** `modelId`: whose detections the alerts rest on. */
export interface AlertingDeps extends StageDeps, Equipment {
  siteId: string;
  /** Makes a ULID for a moment (milliseconds since 1970-01-01 UTC). */
  idSource: (atMs: number) => string;
  output: ScenarioOutput;
}

const preSeconds = 5;
const postSeconds = 5;

/** Says what was decided: events to the outbox, the wish for pictures, the log, the metrics. */
export class AlertWriter {
  readonly #deps: AlertingDeps;

  constructor(deps: AlertingDeps) {
    this.#deps = deps;
  }

  raise(cause: Cause): RaisedAlert {
    const { output, siteId, modelId, idSource } = this.#deps;
    const { camera, drawings, scene } = cause;
    const raisedAt = this.#now();
    const alert = composeAlert(cause, { alertId: idSource(raisedAt), siteId, modelId, raisedAt });
    const { alertId, capturedAt, objects } = alert;
    output.onEvent(toRaisedEvent(alert));
    output.onEvidenceWanted({
      alertId,
      cameraId: camera.id,
      ptsUs: scene.frame.ptsUs,
      capturedAt,
      boxes: objects.map(({ box, label }) => ({ box, label })),
      ...(alert.facts.box ? { marks: [alert.facts.box] } : {}),
      ...(drawings.zone ? { outline: drawings.zone.polygon } : {}),
      ...(drawings.line ? { line: drawings.line.points } : {}),
      preSeconds,
      postSeconds,
    });
    this.#announce(alert);
    return alert;
  }

  resume(cameraId: string, told: ToldAlert, scene: Scene): void {
    this.#say('resumed', cameraId, told, told.resumptions, scene);
    this.#deps.log.info({ cameraId, alertId: told.situation.alertId }, 'situation began again');
    this.#deps.metrics.count('xueliang_alerts_resumed_total', 'Alerts whose situation began again');
  }

  update(cameraId: string, told: ToldAlert, scene: Scene): void {
    this.#say('updated', cameraId, told, told.updates, scene);
    this.#deps.metrics.count('xueliang_alerts_updated_total', 'Updates of alerts whose situation has grown');
  }

  end(cameraId: string, kind: ScenarioKind, situation: Ongoing, resumptions: number): void {
    const { log, metrics, output } = this.#deps;
    const { alertId, startedAt, heldUntil } = situation;
    const endedAt = Math.max(startedAt, heldUntil);
    output.onEvent(toEndedEvent({ situation, resumptions }, { cameraId, at: this.#now(), endedAt }));
    log.info({ cameraId, alertId, endedAt }, 'situation over');
    metrics.count('xueliang_alerts_ended_total', 'Situations that were alerted to and are over', { kind });
  }

  #say(type: 'resumed' | 'updated', cameraId: string, told: ToldAlert, number: number, scene: Scene): void {
    const capturedAt = Math.max(0, Math.round(scene.frame.capturedAt));
    const stamp = { cameraId, at: this.#now(), capturedAt };
    this.#deps.output.onEvent(toLaterEvent(type, told, number, stamp));
  }

  #announce({ alertId, cameraId, scenarioId, kind, severity, raisedAt, capturedAt }: RaisedAlert): void {
    const { log, metrics } = this.#deps;
    log.info({ cameraId, scenarioId, kind, severity, alertId }, 'alert raised');
    metrics.count('xueliang_alerts_raised_total', 'Alerts raised', { kind, severity });
    metrics.observe(
      'xueliang_alerts_raise_delay_seconds',
      'From the light of the deciding frame to the alert',
      Math.max(0, raisedAt - capturedAt) / 1000,
      { kind },
    );
  }

  #now(): number {
    return Math.round(this.#deps.clock.now());
  }
}
