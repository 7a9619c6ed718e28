import type { AlertFacts } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Scenario, ScenarioKind } from '../../core/schema/scenario.ts';
import type { Cause } from './alert-events.ts';
import { AlertMemory, situationKey, type ToldAlert } from './alert-memory.ts';
import { type AlertingDeps, AlertWriter } from './alert-writer.ts';
import { coolDownMs, resumptionSpacingMs } from './cool-down.ts';
import type { Drawings } from './drawings.ts';
import { clipBox } from './geometry.ts';
import { grownFacts } from './grown-facts.ts';
import type { Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing } from './watch.ts';

/** What a detector that sees ghosts could open at most on one camera. */
const maxOpenSituations = 64;
/** The least time between anything that is said of an alert and an update of it. */
const updateSpacingMs = 60_000;
const maxUpdates = 32;

/**
 * Decides what is said of one camera's situations: one alert for each, also over its pauses. Keeps the number of open
 * ones within bounds.
 */
export class CameraAlerts {
  readonly #deps: Pick<AlertingDeps, 'log' | 'metrics'>;
  readonly #writer: AlertWriter;
  readonly #memory = new AlertMemory();
  #isFull = false;

  constructor(deps: AlertingDeps) {
    this.#deps = deps;
    this.#writer = new AlertWriter(deps);
  }

  /** Situations that were alerted to and are not over. */
  get openCount(): number {
    return this.#memory.openCount;
  }

  /** The way from a scenario's watch to its alerts. */
  of(camera: Camera, scenario: Scenario, drawings: Drawings): Alerting {
    const causeOf = (finding: Finding, scene: Scene): Cause => {
      return { camera, scenario, drawings, finding, scene };
    };
    const key = situationKey({
      ...{ scenarioId: scenario.id, kind: scenario.kind, severity: scenario.severity, place: camera.place },
      ...{ zoneId: drawings.zone?.id, lineId: drawings.line?.id },
    });
    const isToldOnce = coolDownMs(scenario) === 0;
    return {
      raise: (finding, scene) => this.#alertTo(key, causeOf(finding, scene), true),
      goOn: (finding, scene) => this.#alertTo(key, causeOf(finding, scene), false),
      update: ({ alertId }, facts) => this.#note(alertId, facts),
      end: (situation) => this.end(camera.id, scenario.kind, situation, isToldOnce),
      refuse: () => this.#refuse(camera.id),
    };
  }

  /** Takes over an alert from before a restart: one that goes on, or one that is over and may begin again. */
  adopt(told: ToldAlert, isOver: boolean): void {
    if (isOver) this.#memory.keepOver(told);
    else this.#memory.keepOpen(told);
  }

  /** Before the watches look: from the first look on it is known how times from before a restart lie. */
  settle(scene: Scene): void {
    this.#memory.settle(scene);
  }

  /** After the watches have looked: says of what goes on that it does, or has grown, where it is time to. */
  review(cameraId: string, scene: Scene): void {
    for (const told of this.#memory.open) {
      if (told.situation.heldUntil < Math.round(scene.frame.capturedAt)) continue;
      told.heldOn = scene.now;
      if (told.isQuiet) this.#resume(cameraId, told, scene);
      else this.#update(cameraId, told, scene);
    }
  }

  /** `isForGood`: whatever begins later is told anew. */
  end(cameraId: string, kind: ScenarioKind, situation: Ongoing, isForGood = false): void {
    const told = this.#memory.close(situation.alertId, isForGood);
    if (!told?.isQuiet) this.#writer.end(cameraId, kind, situation, told?.resumptions ?? 0);
    else {
      const help =
        'Situations that began again too soon after the last time and ended before it could be told';
      this.#deps.metrics.count('xueliang_alerts_resumptions_held_total', help, { kind });
    }
  }

  /** Goes on with the alert that a finding continues; else raises one, if it may. */
  #alertTo(key: string, cause: Cause, mayRaise: boolean): Ongoing | undefined {
    const { camera, scenario, finding, scene } = cause;
    if (this.#refuses(camera.id)) return undefined;
    const begunOn = scene.now - (scene.frame.capturedAt - finding.startedAt);
    const told = this.#memory.take(scenario, key, begunOn, finding.tracks[0]?.box ?? finding.facts.box);
    if (told) return this.#goOn(told, cause);
    return mayRaise ? this.#raise(cause, key) : undefined;
  }

  #raise(cause: Cause, key: string): Ongoing {
    const { alertId, place, startedAt, capturedAt, facts } = this.#writer.raise(cause);
    const situation = { alertId, place, startedAt, heldUntil: capturedAt, ...boxOf(cause.finding) };
    const { now } = cause.scene;
    this.#memory.keepOpen({
      key,
      situation,
      facts,
      latest: facts,
      resumptions: 0,
      updates: 0,
      isQuiet: false,
      heldOn: now,
      toldOn: now,
      resumedOn: Number.NEGATIVE_INFINITY,
    });
    return situation;
  }

  /** At once where enough time lies between; else quietly, until `review` says so. */
  #goOn(told: ToldAlert, { camera, finding, scene }: Cause): Ongoing {
    const heldUntil = Math.max(Math.round(scene.frame.capturedAt), told.situation.startedAt);
    told.situation = { ...told.situation, heldUntil, ...boxOf(finding) };
    told.latest = keepOrigin(told.facts, finding.facts);
    told.heldOn = scene.now;
    told.isQuiet = true;
    this.#memory.keepOpen(told);
    this.#resume(camera.id, told, scene);
    return told.situation;
  }

  #resume(cameraId: string, told: ToldAlert, scene: Scene): void {
    if (scene.now - told.resumedOn < resumptionSpacingMs(told.resumptions)) return;
    told.isQuiet = false;
    told.resumptions++;
    told.resumedOn = scene.now;
    told.toldOn = scene.now;
    told.facts = told.latest;
    this.#writer.resume(cameraId, told, scene);
  }

  #update(cameraId: string, told: ToldAlert, scene: Scene): void {
    if (told.updates >= maxUpdates || scene.now - told.toldOn < updateSpacingMs) return;
    const facts = grownFacts(told.facts, told.latest);
    if (!facts) return;
    told.updates++;
    told.toldOn = scene.now;
    told.facts = facts;
    this.#writer.update(cameraId, told, scene);
  }

  #note(alertId: string, facts: AlertFacts): void {
    const told = this.#memory.find(alertId);
    if (told) told.latest = keepOrigin(told.facts, facts);
  }

  #refuses(cameraId: string): boolean {
    const isFull = this.#memory.openCount >= maxOpenSituations;
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
}

const boxOf = ({ tracks: [first], facts: { box: spot } }: Finding): Pick<Ongoing, 'box' | 'spot'> => {
  const box = first && clipBox(first.box);
  return { ...(box ? { box } : {}), ...(spot ? { spot } : {}) };
};

/** Whether something stood there from the start was seen once, by whoever watched then; a watch that took over cannot know. */
const keepOrigin = ({ stoodAtStart }: AlertFacts, latest: AlertFacts): AlertFacts =>
  stoodAtStart === undefined ? latest : { ...latest, stoodAtStart };
