import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import { explainDwell, explainOpen, type WatchExplanation } from './explain.ts';
import { footPoint } from './geometry.ts';
import { pointDistance } from './line-geometry.ts';
import { isHere, type Presence, Presences } from './presences.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import { Trail } from './trail.ts';
import type { Alerting, Finding, Ongoing, Watch } from './watch.ts';
import { ZoneSituation } from './zone-situation.ts';

const defaultClearAfter = '30s';
const defaultReach = 4;
/** Whoever stays is hidden now and then (by a tree, by who passes) for longer than somebody who only passes. */
const hiddenMs = 5000;
/** Steps that somebody may take while hidden, in heights of the box. */
const hiddenReach = 1;

/**
 * 徘徊: somebody is in the zone for the dwell time, and is then no further from where he was a dwell time ago than
 * `reach` heights of his own box. So pacing to and fro is loitering, and crossing the zone, however slowly, is not.
 * Whoever belongs there (a stall keeper, a guard) stays as well: draw the zone around, or leave their hours out of
 * the schedule.
 */
export class LoiteringWatch implements Watch {
  readonly #presences: Presences;
  readonly #situation: ZoneSituation;
  readonly #limitDwellMs: number;
  readonly #reach: number;
  readonly #trails = new WeakMap<Presence, Trail>();
  /** Those in the zone for whom the situation goes on. */
  #loiterers = new Set<Presence>();
  /** Of a situation that goes on from before a restart nobody knows whose it is: of those who are there first. */
  #isResumed = false;

  constructor(scenario: ScenarioOf<'loitering'>, zone: Zone, alerting: Alerting) {
    const tolerance = { missMs: hiddenMs, reach: hiddenReach };
    this.#presences = new Presences(scenario.labels ?? ['person'], zone.polygon, tolerance);
    this.#situation = new ZoneSituation(alerting, parseDuration(scenario.clearAfter ?? defaultClearAfter));
    this.#limitDwellMs = parseDuration(scenario.dwell);
    this.#reach = scenario.reach ?? defaultReach;
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    if (!isOnDuty) {
      this.#presences.clear();
      this.#loiterers.clear();
      this.#situation.end();
      return false;
    }
    const inside = this.#presences.look(scene);
    for (const presence of inside.filter(isHere)) {
      this.#trailOf(presence).add(scene.now, presence.track.box);
      if (this.#stays(presence, scene.now)) this.#loiterers.add(presence);
    }
    const staying = this.#isResumed ? inside : inside.filter((presence) => this.#loiterers.has(presence));
    this.#loiterers = new Set(staying);
    if (staying.length > 0) this.#isResumed = false;
    this.#situation.look(scene, this.#loiterers.size > 0, this.#find(scene, inside));
    return inside.length > 0 || this.#presences.hasCandidate(scene) || this.#situation.open !== undefined;
  }

  dueInMs(now: number): number {
    const [first] = this.#presences.all;
    if (this.#situation.open || !first) return Number.POSITIVE_INFINITY;
    const leftMs = first.enteredAt + this.#limitDwellMs - now;
    // Who has been there long enough and roams may come back to where he was at any time; that is no moment to wait for.
    return leftMs >= 0 ? leftMs : Number.POSITIVE_INFINITY;
  }

  resume(situation: Ongoing): void {
    this.#situation.resume(situation);
    this.#isResumed = true;
  }

  recall(): void {
    // Whoever stays later is a new situation, whoever stayed before.
  }

  expire(unseenMs: number): void {
    this.#situation.expire(unseenMs);
  }

  ongoing(): readonly Ongoing[] {
    return this.#situation.open ? [this.#situation.open] : [];
  }

  explain(scene: Scene): WatchExplanation {
    if (this.#situation.open) return explainOpen(this.#situation.open);
    const [first] = this.#presences.inside;
    if (!first) return { state: 'idle', missing: [this.#presences.explainAbsence(scene)] };
    const { track, enteredAt } = first;
    const haveMs = scene.now - enteredAt;
    const have = this.#wentOf(first, scene.now);
    if (haveMs < this.#limitDwellMs || have === undefined || have <= this.#reach) {
      return explainDwell({ haveMs, needMs: this.#limitDwellMs, label: track.label }, isHere(first));
    }
    const roaming = { what: 'roaming' as const, have: Math.round(have * 100) / 100, limit: this.#reach };
    return { state: 'building', missing: [{ ...roaming, label: track.label }] };
  }

  #trailOf(presence: Presence): Trail {
    const known = this.#trails.get(presence);
    if (known) return known;
    const trail = new Trail(this.#limitDwellMs);
    this.#trails.set(presence, trail);
    return trail;
  }

  /** How far it is from where it was a dwell time ago, in heights of its own box. */
  #wentOf(presence: Presence, now: number): number | undefined {
    const { box } = presence.track;
    // What was not believed yet left no footprint, but it was there: the first one is where it began.
    const trail = this.#trailOf(presence);
    const begin = trail.before(now - this.#limitDwellMs) ?? trail.before(now);
    if (!begin) return undefined;
    return pointDistance(footPoint(begin.box), footPoint(box)) / Math.max(begin.box.h, box.h);
  }

  #stays(presence: Presence, now: number): boolean {
    if (now - presence.enteredAt < this.#limitDwellMs) return false;
    return (this.#wentOf(presence, now) ?? Number.POSITIVE_INFINITY) <= this.#reach;
  }

  #find(scene: Scene, inside: readonly Presence[]): Finding | undefined {
    const staying = inside.filter((presence) => isHere(presence) && this.#stays(presence, scene.now));
    const [first] = staying;
    if (!first) return undefined;
    const { track, enteredAt } = first;
    return {
      startedAt: capturedAtOf(scene, enteredAt),
      facts: {
        label: track.label,
        count: staying.length,
        dwellMs: Math.round(scene.now - enteredAt),
        limitDwellMs: this.#limitDwellMs,
      },
      tracks: staying.map((presence) => presence.track),
    };
  }
}
