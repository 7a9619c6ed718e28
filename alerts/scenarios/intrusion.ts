import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import { explainDwell, explainOpen, type WatchExplanation } from './explain.ts';
import { isHere, type Presence, Presences } from './presences.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing, Watch } from './watch.ts';
import { ZoneSituation } from './zone-situation.ts';

const defaultClearAfter = '10s';
/** A thing that has stood still for this long (a parked car) needs no watching frame by frame. */
const restMs = 10_000;

/** What an intrusion is, wherever it counts as one. */
export type IntrusionTerms = Pick<ScenarioOf<'intrusion'>, 'labels' | 'dwell' | 'clearAfter'>;

/**
 * 区域入侵: something of the wanted labels stands in the zone for the dwell time. The situation is the zone's: it goes
 * on while anything of them is inside.
 */
export class IntrusionWatch implements Watch {
  readonly #presences: Presences;
  readonly #situation: ZoneSituation;
  readonly #limitDwellMs: number;

  constructor(scenario: IntrusionTerms, zone: Zone, alerting: Alerting) {
    this.#presences = new Presences(scenario.labels, zone.polygon);
    this.#situation = new ZoneSituation(alerting, parseDuration(scenario.clearAfter ?? defaultClearAfter));
    this.#limitDwellMs = parseDuration(scenario.dwell);
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    if (!isOnDuty) {
      this.#presences.clear();
      this.#situation.end();
      return false;
    }
    const inside = this.#presences.look(scene);
    this.#situation.look(scene, inside.length > 0, this.#find(scene, inside));
    return this.#presences.hasCandidate(scene) || this.#wantsFrames(inside);
  }

  dueInMs(now: number): number {
    if (this.#situation.open) return Number.POSITIVE_INFINITY;
    const since = this.#presences.firstSince;
    return since === undefined ? Number.POSITIVE_INFINITY : Math.max(0, since + this.#limitDwellMs - now);
  }

  resume(situation: Ongoing): void {
    this.#situation.resume(situation);
  }

  recall(): void {
    // Whoever enters later is a new situation, whatever was there before.
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
    const { enteredAt, track } = first;
    const dwell = { haveMs: scene.now - enteredAt, needMs: this.#limitDwellMs, label: track.label };
    return explainDwell(dwell, isHere(first));
  }

  #find(scene: Scene, inside: readonly Presence[]): Finding | undefined {
    const visible = inside.filter(isHere);
    const first = visible.find(({ enteredAt }) => scene.now - enteredAt >= this.#limitDwellMs);
    if (!first) return undefined;
    const others = visible.filter((presence) => presence !== first);
    return {
      startedAt: capturedAtOf(scene, first.enteredAt),
      facts: {
        label: first.track.label,
        count: inside.length,
        dwellMs: Math.round(scene.now - first.enteredAt),
        limitDwellMs: this.#limitDwellMs,
      },
      tracks: [first, ...others].map(({ track }) => track),
    };
  }

  #wantsFrames(inside: readonly Presence[]): boolean {
    if (!this.#situation.open) return inside.length > 0;
    return (
      inside.length === 0 || inside.some(({ track }) => track.label === 'person' || track.stillMs < restMs)
    );
  }
}
