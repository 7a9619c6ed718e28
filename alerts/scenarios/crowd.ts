import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import { explainDwell, explainOpen, type WatchExplanation } from './explain.ts';
import { isHere, type Presence, Presences } from './presences.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing, Watch } from './watch.ts';
import { ZoneSituation } from './zone-situation.ts';

const defaultClearAfter = '10s';
/** A crowd may be counted short for this long, or in one look, without its dwell beginning anew. */
const dipMs = 1000;
const dipLooks = 2;

interface Gathering {
  since: number;
  enoughAt: number;
  /** Looks since there were enough. */
  dips: number;
}

/**
 * 人员聚集: at least `count` people's feet in the zone for the dwell time; over when fewer than `count - hysteresis`
 * remain. Hysteresis is a quarter of the count unless given: what detectors miss in a dense group.
 */
export class CrowdWatch implements Watch {
  readonly #presences: Presences;
  readonly #situation: ZoneSituation;
  readonly #limitDwellMs: number;
  readonly #limitCount: number;
  readonly #lowestCount: number;
  #gathering: Gathering | undefined;

  constructor(scenario: ScenarioOf<'crowd'>, zone: Zone, alerting: Alerting) {
    this.#presences = new Presences(['person'], zone.polygon);
    this.#situation = new ZoneSituation(alerting, parseDuration(scenario.clearAfter ?? defaultClearAfter));
    this.#limitDwellMs = parseDuration(scenario.dwell);
    this.#limitCount = scenario.count;
    const hysteresis = scenario.hysteresis ?? Math.max(1, Math.round(scenario.count / 4));
    this.#lowestCount = Math.max(1, scenario.count - hysteresis);
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    if (!isOnDuty) {
      this.#presences.clear();
      this.#gathering = undefined;
      this.#situation.end();
      return false;
    }
    const inside = this.#presences.look(scene);
    this.#gather(scene, inside.length);
    this.#situation.look(scene, inside.length >= this.#lowestCount, this.#find(scene, inside));
    return (
      this.#situation.open !== undefined || this.#gathering !== undefined || this.#mayBecomeEnough(scene)
    );
  }

  dueInMs(now: number): number {
    if (this.#situation.open || !this.#gathering) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#gathering.since + this.#limitDwellMs - now);
  }

  resume(situation: Ongoing): void {
    this.#situation.resume(situation);
  }

  recall(): void {
    // People who gather again are a new situation.
  }

  expire(unseenMs: number): void {
    this.#situation.expire(unseenMs);
  }

  ongoing(): readonly Ongoing[] {
    return this.#situation.open ? [this.#situation.open] : [];
  }

  explain(scene: Scene): WatchExplanation {
    if (this.#situation.open) return explainOpen(this.#situation.open);
    const have = this.#presences.inside.length;
    if (have === 0) return { state: 'idle', missing: [this.#presences.explainAbsence(scene)] };
    const gathering = this.#gathering;
    const haveMs = gathering ? scene.now - gathering.since : 0;
    const dwell = { haveMs, needMs: this.#limitDwellMs };
    if (gathering && have >= this.#limitCount) {
      const visible = this.#presences.inside.filter(isHere).length;
      return explainDwell(dwell, visible >= this.#lowestCount);
    }
    const { missing } = explainDwell(dwell, false);
    return { state: 'building', missing: [{ what: 'count', have, need: this.#limitCount }, ...missing] };
  }

  #gather(scene: Scene, count: number): void {
    if (scene.isBroken) this.#gathering = undefined;
    if (count >= this.#limitCount) {
      this.#gathering = { since: this.#gathering?.since ?? scene.now, enoughAt: scene.now, dips: 0 };
    } else if (this.#gathering) {
      this.#gathering.dips++;
      const { enoughAt, dips } = this.#gathering;
      const isDip = count >= this.#lowestCount && (dips < dipLooks || scene.now - enoughAt <= dipMs);
      if (!isDip) this.#gathering = undefined;
    }
  }

  #find(scene: Scene, inside: readonly Presence[]): Finding | undefined {
    const visible = inside.filter(isHere);
    const gathering = this.#gathering;
    if (!gathering || gathering.dips > 0 || visible.length < this.#lowestCount) return undefined;
    if (scene.now - gathering.since < this.#limitDwellMs) return undefined;
    return {
      startedAt: capturedAtOf(scene, gathering.since),
      facts: {
        label: 'person',
        count: inside.length,
        limitCount: this.#limitCount,
        dwellMs: Math.round(scene.now - gathering.since),
        limitDwellMs: this.#limitDwellMs,
      },
      tracks: visible.map(({ track }) => track),
    };
  }

  /** A dormant camera's tracker confirms nobody; enough people seen at once are worth a second look. */
  #mayBecomeEnough(scene: Scene): boolean {
    return this.#presences.hasCandidate(scene) && this.#presences.countVisible(scene) >= this.#limitCount;
  }
}
