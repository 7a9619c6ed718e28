import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import type { WatchExplanation } from './explain.ts';
import { IntrusionWatch } from './intrusion.ts';
import type { Scene } from './scene.ts';
import type { Alerting, Ongoing, Watch } from './watch.ts';

/** A call must come within a second or two of somebody's stepping to the water. */
const defaultDwell = '1s';
/** Whoever comes after this look is seen for the first time this much later. */
const nextSightMs = 1000;

/**
 * 涉水: somebody's feet are in the bank zone for the dwell time. What a dormant camera misses cannot be made good, so
 * the camera stays awake while the scenario is on duty, whether or not anybody is in view.
 */
export class WatersideWatch implements Watch {
  readonly isStanding = true;
  readonly #intrusion: IntrusionWatch;
  readonly #limitDwellMs: number;

  constructor(scenario: ScenarioOf<'waterside'>, zone: Zone, alerting: Alerting) {
    const { dwell = defaultDwell, ...others } = scenario;
    this.#intrusion = new IntrusionWatch({ ...others, dwell, labels: ['person'] }, zone, alerting);
    this.#limitDwellMs = parseDuration(dwell);
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    this.#intrusion.look(scene, isOnDuty);
    return isOnDuty;
  }

  dueInMs(now: number): number {
    const isOpen = this.#intrusion.ongoing().length > 0;
    const nobodyYetMs = isOpen ? Number.POSITIVE_INFINITY : nextSightMs + this.#limitDwellMs;
    return Math.min(this.#intrusion.dueInMs(now), nobodyYetMs);
  }

  resume(situation: Ongoing): void {
    this.#intrusion.resume(situation);
  }

  recall(): void {
    // Whoever comes to the water later is in danger anew.
  }

  expire(unseenMs: number): void {
    this.#intrusion.expire(unseenMs);
  }

  ongoing(): readonly Ongoing[] {
    return this.#intrusion.ongoing();
  }

  explain(scene: Scene): WatchExplanation {
    return this.#intrusion.explain(scene);
  }
}
