import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import type { Missing } from '../../core/schema/explanation.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import type { PictureFacts } from '../../core/stages.ts';
import { BlockedLaneWatch } from './blocked-lane.ts';
import { Debris } from './debris.ts';
import { explainOpen, type WatchExplanation } from './explain.ts';
import { leastDebris, obstaclesOf } from './picture-wish.ts';
import type { Scene } from './scene.ts';
import { TrafficJam } from './traffic-jam.ts';
import type { Alerting, Finding, Ongoing, Past, Watch } from './watch.ts';

type RoadObstacle = ScenarioOf<'roadObstacle'>;

const defaultClearAfter = '20s';
/** Nobody looked for longer than this: what lies there then is something else. */
const resumeWindowMs = 24 * 3_600_000;

/**
 * 抛锚、遗撒: something new and still on the roadway. A vehicle is watched as in a blocked lane, but nothing is said of
 * one that stood there when watching began, or that waits with others; what lies there, by the pictures themselves.
 */
export class RoadObstacleWatch implements Watch {
  readonly #alerting: Alerting;
  readonly #jam: TrafficJam;
  readonly #vehicles: BlockedLaneWatch | undefined;
  readonly #debris: Debris | undefined;
  /** Why a vehicle was not alerted to in the last look. */
  #refusal: 'traffic-jam' | 'stood-at-start' | undefined;

  constructor(scenario: RoadObstacle, zone: Zone, alerting: Alerting) {
    const wanted = obstaclesOf(scenario);
    this.#alerting = alerting;
    this.#jam = new TrafficJam(zone.polygon);
    if (wanted.includes('vehicle')) {
      const { obstacles: _, minSize: __, ...lane } = scenario;
      const guarded = { ...alerting, raise: this.#raise.bind(this) };
      this.#vehicles = new BlockedLaneWatch({ ...lane, kind: 'blockedLane' }, zone, guarded);
    }
    if (wanted.includes('debris')) {
      this.#debris = new Debris({
        zone: zone.polygon,
        limitDwellMs: parseDuration(scenario.dwell),
        clearAfterMs: parseDuration(scenario.clearAfter ?? defaultClearAfter),
        minSize: scenario.minSize ?? leastDebris,
        alerting,
      });
    }
  }

  notePicture(facts: PictureFacts): void {
    this.#debris?.notePicture(facts);
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    this.#jam.look(scene);
    this.#refusal = undefined;
    const forVehicles = this.#vehicles?.look(scene, isOnDuty) ?? false;
    const forDebris = this.#debris?.look(scene, isOnDuty && !this.#jam.isOn(scene.now)) ?? false;
    return forVehicles || forDebris;
  }

  dueInMs(now: number): number {
    const never = Number.POSITIVE_INFINITY;
    return Math.min(this.#vehicles?.dueInMs(now) ?? never, this.#debris?.dueInMs() ?? never);
  }

  resume(situation: Ongoing): void {
    const { spot } = situation;
    if (spot && this.#debris) this.#debris.resume({ ...situation, spot });
    else if (!spot && this.#vehicles) this.#vehicles.resume(situation);
    else this.#alerting.end(situation);
  }

  recall(past: Past): void {
    this.#vehicles?.recall(past);
  }

  expire(unseenMs: number): void {
    this.#vehicles?.expire(unseenMs);
    if (unseenMs > resumeWindowMs) this.#debris?.endAll();
  }

  ongoing(): readonly Ongoing[] {
    return [...(this.#vehicles?.ongoing() ?? []), ...(this.#debris?.ongoing() ?? [])];
  }

  explain(scene: Scene): WatchExplanation {
    const [open] = this.ongoing();
    if (open) return explainOpen(open);
    const vehicles = this.#explainVehicles(scene);
    if (vehicles && vehicles.state !== 'idle') return vehicles;
    const debris = this.#debris?.explain();
    if (debris) return debris;
    const novelty: Missing[] = this.#debris ? [{ what: 'novelty' }] : [];
    return { state: 'idle', missing: [...(vehicles?.missing ?? []), ...novelty] };
  }

  #explainVehicles(scene: Scene): WatchExplanation | undefined {
    const said = this.#vehicles?.explain(scene);
    if (said?.state !== 'suppressed' || !this.#refusal) return said;
    return { state: 'suppressed', missing: [{ what: 'suppressed', why: this.#refusal }] };
  }

  #raise(finding: Finding, scene: Scene): Ongoing | undefined {
    const { stoodAtStart, ...facts } = finding.facts;
    if (stoodAtStart) this.#refusal = 'stood-at-start';
    if (this.#jam.isOn(scene.now)) this.#refusal = 'traffic-jam';
    if (stoodAtStart || this.#jam.isOn(scene.now)) return undefined;
    return this.#alerting.raise({ ...finding, facts: { ...facts, obstacle: 'vehicle' } }, scene);
  }
}
