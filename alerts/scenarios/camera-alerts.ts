import type { AlertEvent, AlertObject, RaisedAlert } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { ScenarioOutput, StageDeps, Track } from '../../core/stages.ts';
import type { Drawings } from './drawings.ts';
import { clipBox } from './geometry.ts';
import type { Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing } from './watch.ts';

export interface AlertingDeps extends StageDeps {
  siteId: string;
  /** Whose detections the alerts rest on. */
  modelId: string;
  /** Makes a ULID for a moment (milliseconds since 1970-01-01 UTC). */
  idSource: (atMs: number) => string;
  output: ScenarioOutput;
}

/** What a detector that sees ghosts could open at most on one camera. */
const maxOpenSituations = 64;
const preSeconds = 5;
const postSeconds = 5;
/** The schema's bound on what an alert may show. */
const maxObjects = 100;

/** Writes one camera's alerts, and keeps the number of its open situations within bounds. */
export class CameraAlerts {
  readonly #deps: AlertingDeps;
  readonly #open = new Set<string>();
  #isFull = false;

  constructor(deps: AlertingDeps) {
    this.#deps = deps;
  }

  /** Situations that were alerted to and are not over. */
  get openCount(): number {
    return this.#open.size;
  }

  /** The way from a scenario's watch to its alerts. */
  of(camera: Camera, scenario: Scenario, drawings: Drawings): Alerting {
    return {
      raise: (finding, scene) => this.#raise({ camera, scenario, drawings, finding, scene }),
      end: (situation) => this.end(camera.id, scenario.kind, situation),
      refuse: () => this.#refuse(camera.id),
    };
  }

  /** Counts a situation that was alerted to before among the open ones. */
  adopt(alertId: string): void {
    this.#open.add(alertId);
  }

  end(cameraId: string, kind: Scenario['kind'], { alertId, place, startedAt, heldUntil }: Ongoing): void {
    const { clock, log, metrics, output } = this.#deps;
    this.#open.delete(alertId);
    const endedAt = Math.max(startedAt, heldUntil);
    const at = Math.round(clock.now());
    output.onEvent({
      schemaVersion: 1,
      eventId: `${alertId}.ended`,
      type: 'ended',
      alertId,
      cameraId,
      place,
      at,
      endedAt,
    });
    log.info({ cameraId, alertId, endedAt }, 'situation over');
    metrics.count('xueliang_alerts_ended_total', 'Situations that were alerted to and are over', { kind });
  }

  #raise(what: Cause): Ongoing | undefined {
    const { camera, drawings, finding, scene } = what;
    if (this.#refuses(camera.id)) return undefined;
    const { clock, output } = this.#deps;
    const raisedAt = Math.round(clock.now());
    const alert = this.#compose(what, this.#deps.idSource(raisedAt), raisedAt);
    const { alertId, place, startedAt, capturedAt, objects } = alert;
    this.#open.add(alertId);
    output.onEvent(toRaisedEvent(alert));
    output.onEvidenceWanted({
      alertId,
      cameraId: camera.id,
      ptsUs: scene.frame.ptsUs,
      capturedAt,
      boxes: objects.map(({ box, label }) => ({ box, label })),
      ...(finding.facts.box ? { marks: [finding.facts.box] } : {}),
      ...(drawings.zone ? { outline: drawings.zone.polygon } : {}),
      ...(drawings.line ? { line: drawings.line.points } : {}),
      preSeconds,
      postSeconds,
    });
    this.#tell(alert);
    const [first] = finding.tracks;
    const box = first && clipBox(first.box);
    const spot = finding.facts.box;
    return {
      alertId,
      place,
      startedAt,
      heldUntil: capturedAt,
      ...(box ? { box } : {}),
      ...(spot ? { spot } : {}),
    };
  }

  #compose(
    { camera, scenario, drawings, finding, scene }: Cause,
    alertId: string,
    raisedAt: number,
  ): RaisedAlert {
    const { siteId, modelId } = this.#deps;
    const { capturedAt, receivedAt, clockQuality } = scene.frame;
    return {
      alertId,
      siteId,
      cameraId: camera.id,
      cameraName: camera.name,
      place: camera.place,
      scenarioId: scenario.id,
      scenarioName: scenario.name,
      kind: scenario.kind,
      severity: scenario.severity,
      ...purposeOf(scenario),
      ...(drawings.zone ? { zoneId: drawings.zone.id } : {}),
      ...(drawings.line ? { lineId: drawings.line.id } : {}),
      startedAt: finding.startedAt,
      capturedAt: Math.round(capturedAt),
      clockQuality,
      receivedAt: Math.round(receivedAt),
      raisedAt,
      modelId,
      facts: finding.facts,
      objects: finding.tracks.slice(0, maxObjects).map(toAlertObject),
    };
  }

  #refuses(cameraId: string): boolean {
    const isFull = this.#open.size >= maxOpenSituations;
    if (isFull && !this.#isFull) {
      this.#deps.log.warn(
        { cameraId, maxOpenSituations },
        'too many open situations on this camera; no further alerts until some are over',
      );
    }
    if (isFull) this.#refuse(cameraId);
    this.#isFull = isFull;
    return isFull;
  }

  #refuse(camera: string): void {
    this.#deps.metrics.count(
      'xueliang_alerts_refused_total',
      'Looks in which an alert or a standing place was left out because its camera had too many',
      { camera },
    );
  }

  #tell({ alertId, cameraId, scenarioId, kind, severity, raisedAt, capturedAt }: RaisedAlert): void {
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
}

interface Cause {
  camera: Camera;
  scenario: Scenario;
  drawings: Drawings;
  finding: Finding;
  scene: Scene;
}

const toRaisedEvent = (alert: RaisedAlert): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${alert.alertId}.raised`,
  type: 'raised',
  alertId: alert.alertId,
  cameraId: alert.cameraId,
  place: alert.place,
  at: alert.raisedAt,
  alert,
});

const purposeOf = (scenario: Scenario): Pick<RaisedAlert, 'purpose'> => {
  if (scenario.kind === 'waterside') return { purpose: 'water' };
  return 'purpose' in scenario && scenario.purpose !== undefined ? { purpose: scenario.purpose } : {};
};

const toAlertObject = ({ trackId, label, score, box }: Track): AlertObject => ({
  trackId,
  label,
  score: Number.isFinite(score) ? Math.min(1, Math.max(0, score)) : 0,
  box: clipBox(box),
});
