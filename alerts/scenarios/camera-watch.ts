import { mayWatch } from '../../core/config/check-law.ts';
import { describeUnfit, isUnfit } from '../../core/config/check-model.ts';
import { isInScope } from '../../core/config/scope.ts';
import { createSchedule, type Schedule } from '../../core/schedule.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { ScenarioExplanation } from '../../core/schema/explanation.ts';
import type { Box, Polygon } from '../../core/schema/geometry.ts';
import {
  type CameraScenario,
  isCameraScenario,
  isWideKind,
  type Scenario,
} from '../../core/schema/scenario.ts';
import type { Calendar } from '../../core/schema/schedule.ts';
import type { ObservedFrame, PictureFacts } from '../../core/stages.ts';
import type { AlertingDeps } from './alert-writer.ts';
import { CameraAlerts } from './camera-alerts.ts';
import { createWatch } from './create-watch.ts';
import { type Drawings, findDrawings } from './drawings.ts';
import { type EarlierAlert, latestOf, toToldAlert } from './earlier-alert.ts';
import { explainOffDuty, explainUnlooked, type WatchExplanation } from './explain.ts';
import { footPoint, isInside, isSoundBox } from './geometry.ts';
import type { OnCrossing } from './line-crossing.ts';
import type { Scene } from './scene.ts';
import { longestLookGapMs, SceneTime } from './scene-time.ts';
import type { Watch } from './watch.ts';

export interface WatchedCamera {
  camera: Camera;
  /** Those that do not watch this camera are left out. */
  scenarios: readonly Scenario[];
  /** Days that are not as others, for the scenarios' schedules. */
  calendars?: readonly Calendar[];
  /** The camera's alerts from before a restart. Those without `endedAt` go on; the others are not raised again soon. */
  alerts?: readonly EarlierAlert[];
  /** When this camera was last looked at before the restart; without it, when its last alert was raised or ended. */
  watchedUntil?: number;
}

/** How long frames should keep coming after a look that wants more of them. */
const holdMs = 5000;
/** The same without a look, from one tick to the next and well beyond. */
const standingHoldMs = 12_000;
/** Longer than an awake camera's looks are apart. */
const recentMs = 3000;

interface Post {
  scenario: CameraScenario;
  drawings: Drawings;
  /** All that the watch was made from: a change of it makes a new one. */
  definition: string;
  schedule: Schedule;
  watch: Watch;
}

/** All scenarios of one camera. */
export class CameraWatch {
  readonly #deps: AlertingDeps;
  readonly #timezone: string;
  readonly #alerts: CameraAlerts;
  readonly #time = new SceneTime();
  readonly #cameraId: string;
  #posts: Post[] = [];
  #masks: readonly Polygon[] = [];
  #lookedAt: number | undefined;
  /** The last look. */
  #scene: Scene | undefined;

  constructor(deps: AlertingDeps, timezone: string, watched: WatchedCamera) {
    this.#deps = deps;
    this.#timezone = timezone;
    this.#alerts = new CameraAlerts(deps);
    this.#cameraId = watched.camera.id;
    // What was decided over many cameras bears the name of one of them, and is not for its worker to end.
    const alerts = (watched.alerts ?? []).filter(({ kind }) => !isWideKind(kind));
    this.#lookedAt = watched.watchedUntil ?? latestOf(alerts);
    this.set(watched);
    for (const alert of alerts.toSorted(byEnd)) this.#takeUp(alert);
  }

  /** Takes over the camera's settings; scenarios that are as they were go on as if nothing had happened. */
  set({ camera, scenarios, calendars = [] }: WatchedCamera): void {
    const before = new Map(this.#posts.map((post) => [post.scenario.id, post]));
    this.#masks = (camera.masks ?? []).map(({ polygon }) => polygon);
    this.#posts = scenarios
      .filter(isCameraScenario)
      .filter((scenario) => isInScope(scenario, camera) && mayWatch(scenario, camera))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap((scenario) => this.#toPost(camera, scenario, calendars, before) ?? []);
    for (const { scenario, watch } of before.values()) {
      for (const situation of watch.ongoing()) this.#alerts.end(camera.id, scenario.kind, situation);
    }
  }

  look(frame: ObservedFrame): void {
    const scene: Scene = { frame, tracks: this.#usableTracks(frame), ...this.#time.advance(frame) };
    this.#lookedAt = frame.receivedAt;
    this.#scene = scene;
    this.#alerts.settle(scene);
    let wantsFrames = false;
    for (const { schedule, watch } of this.#posts) {
      if (watch.look(scene, schedule.isOnDuty(frame.capturedAt))) wantsFrames = true;
    }
    this.#alerts.review(this.#cameraId, scene);
    if (!wantsFrames) return;
    const dueInMs = Math.min(...this.#posts.map(({ watch }) => watch.dueInMs(scene.now)));
    this.#deps.output.onKeepAwake(this.#cameraId, holdMs, dueInMs);
  }

  notePicture(facts: PictureFacts): void {
    const still = facts.still.filter(({ box }) => isSoundBox(box) && !this.#isMasked(box));
    for (const { watch } of this.#posts) watch.notePicture?.({ ...facts, still });
  }

  /** Whether something that was alerted to goes on. */
  get hasOpenSituation(): boolean {
    return this.#alerts.openCount > 0;
  }

  interrupt(): void {
    this.#time.interrupt();
  }

  /** Ends what went unseen for too long, and keeps the camera awake where that is wanted whatever it shows. */
  tick(now: number): void {
    const isWanted = this.#posts.some(({ watch, schedule }) => watch.isStanding && schedule.isOnDuty(now));
    // A camera that is looked at is kept awake by its looks, and those know better how often.
    const isLookedAt = this.#lookedAt !== undefined && Math.abs(now - this.#lookedAt) < recentMs;
    if (isWanted && !isLookedAt) this.#deps.output.onStandingWatch(this.#cameraId, standingHoldMs);
    if (this.#lookedAt === undefined) return;
    for (const { watch } of this.#posts) watch.expire(now - this.#lookedAt);
  }

  /** How near each scenario is to an alert, by id; `now`: milliseconds since 1970-01-01 UTC. */
  explain(now: number): ScenarioExplanation[] {
    return this.#posts.map((post) => {
      const { id: scenarioId, name, kind } = post.scenario;
      const where = post.drawings.zone ? { zoneId: post.drawings.zone.id } : {};
      const isOnDuty = post.schedule.isOnDuty(now);
      return { scenarioId, name, kind, ...where, isOnDuty, ...this.#explainPost(post, isOnDuty, now) };
    });
  }

  #explainPost({ watch, schedule }: Post, isOnDuty: boolean, now: number): WatchExplanation {
    if (!isOnDuty) return explainOffDuty(watch, schedule.nextOnDutyAt(now));
    const isStale = this.#lookedAt === undefined || now - this.#lookedAt > longestLookGapMs;
    return this.#scene && !isStale ? watch.explain(this.#scene) : explainUnlooked(watch);
  }

  /** Gives the scenario's post, taking it out of `before` when its situations go on there. */
  #toPost(
    camera: Camera,
    scenario: CameraScenario,
    calendars: readonly Calendar[],
    before: Map<string, Post>,
  ): Post | undefined {
    const drawings = findDrawings(camera, scenario);
    if (!drawings) return this.#leaveOut(camera, scenario);
    const definition = JSON.stringify([camera.name, camera.place, scenario, drawings, calendars]);
    const earlier = before.get(scenario.id);
    const isSameKind = earlier?.scenario.kind === scenario.kind && isSameGround(earlier.drawings, drawings);
    if (earlier && isSameKind) before.delete(scenario.id);
    if (earlier?.definition === definition) return earlier;
    const watch = createWatch(scenario, drawings, this.#alerts.of(camera, scenario, drawings), {
      cameraId: camera.id,
      onCrossing: (crossing) => this.#tellCrossing(camera, scenario, drawings, crossing),
      ...this.#deps,
    });
    if (!watch) return this.#leaveOut(camera, scenario);
    this.#tellUnfit(scenario);
    if (earlier && isSameKind) for (const situation of earlier.watch.ongoing()) watch.resume(situation);
    const schedule = createSchedule(scenario.schedule, this.#timezone, calendars);
    return { scenario, drawings, definition, schedule, watch };
  }

  #tellCrossing(
    { id: cameraId, place }: Camera,
    { id: scenarioId }: Scenario,
    { line }: Drawings,
    crossing: Parameters<OnCrossing>[0],
  ): void {
    if (line) this.#deps.output.onCrossing({ cameraId, place, scenarioId, lineId: line.id, ...crossing });
  }

  /** A place may be named for all cameras that have such a zone; one that is named itself should have it. */
  #leaveOut(camera: Camera, scenario: Scenario): undefined {
    if (!scenario.cameras?.includes(camera.id)) return;
    const facts = { cameraId: camera.id, scenarioId: scenario.id };
    this.#deps.log.warn(facts, 'scenario not watched: the camera has no such zone or line');
  }

  #tellUnfit(scenario: Scenario): void {
    const { log, modelId, modelLabels } = this.#deps;
    if (!isUnfit(scenario, modelLabels)) return;
    const facts = { cameraId: this.#cameraId, code: 'config-model-unfit' };
    log.warn(facts, `scenario not watched: ${describeUnfit(scenario, modelId)}`);
  }

  #takeUp(alert: EarlierAlert): void {
    const { scenarioId, zoneId, lineId, endedAt, objects } = alert;
    const [first] = objects;
    const post = this.#posts.find(
      ({ scenario, drawings }) =>
        scenario.id === scenarioId && drawings.zone?.id === zoneId && drawings.line?.id === lineId,
    );
    const told = toToldAlert(alert, this.#lookedAt);
    this.#alerts.adopt(told, endedAt !== undefined);
    if (endedAt !== undefined) {
      if (first) post?.watch.recall({ endedAt, box: first.box });
    } else if (post) post.watch.resume(told.situation);
    else this.#alerts.end(this.#cameraId, alert.kind, told.situation);
  }

  #isMasked(box: Box): boolean {
    return this.#masks.some((mask) => isInside(footPoint(box), mask));
  }

  #usableTracks({ tracks }: ObservedFrame): Scene['tracks'] {
    const usable = tracks.filter(
      ({ isSeenNow, box }) => isSeenNow && isSoundBox(box) && !this.#isMasked(box),
    );
    const broken = tracks.reduce((count, { box }) => count + (isSoundBox(box) ? 0 : 1), 0);
    if (broken > 0) {
      this.#deps.metrics.count(
        'xueliang_alerts_broken_boxes_total',
        'Boxes of tracks that were not numbers or enclosed nothing',
        { camera: this.#cameraId },
        broken,
      );
    }
    return usable;
  }
}

const isSameGround = (a: Drawings, b: Drawings): boolean =>
  a.zone?.id === b.zone?.id && a.line?.id === b.line?.id;

/** The latest end last: that is the one that goes on. */
const byEnd = (a: EarlierAlert, b: EarlierAlert): number => (a.endedAt ?? 0) - (b.endedAt ?? 0);
