import { parseDuration } from '../../core/config/quantity.ts';
import type { AlertFacts } from '../../core/schema/alert.ts';
import type { Line } from '../../core/schema/camera.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import type { LineCrossing } from '../../core/stages.ts';
import { CrossingCount } from './crossing-count.ts';
import { explainOpen, type WatchExplanation } from './explain.ts';
import { type Crossing, LineWalkers } from './line-walkers.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing, Watch } from './watch.ts';
import { ZoneSituation } from './zone-situation.ts';

/** Crossings that follow each other within this time are one situation, where no limit says otherwise. */
const defaultCoolDown = '10s';

/** What is told of every crossing, alerted to or not. */
export type OnCrossing = (crossing: Pick<LineCrossing, 'label' | 'direction' | 'at'>) => void;

/**
 * 越界: tracks' foot points cross the line. Every crossing is told; an alert is raised to the first one in the wanted
 * direction, or, with a limit, when that many crossed within its time.
 */
export class LineCrossingWatch implements Watch {
  readonly #walkers: LineWalkers;
  readonly #situation: ZoneSituation;
  readonly #direction: ScenarioOf<'lineCrossing'>['direction'];
  readonly #limit: { count: number; withinMs: number } | undefined;
  readonly #onCrossing: OnCrossing;
  readonly #recent: CrossingCount;
  /** Crossings since the open situation began. */
  #ofSituation = { count: 0, since: 0 };

  constructor(scenario: ScenarioOf<'lineCrossing'>, line: Line, alerting: Alerting, onCrossing: OnCrossing) {
    const { labels, direction, limit, coolDown = defaultCoolDown } = scenario;
    this.#walkers = new LineWalkers(labels, line.points);
    this.#limit = limit && { count: limit.count, withinMs: parseDuration(limit.within) };
    const coolDownMs = parseDuration(coolDown);
    this.#situation = new ZoneSituation(alerting, limit ? 0 : coolDownMs);
    this.#recent = new CrossingCount(this.#limit?.withinMs ?? coolDownMs);
    this.#direction = direction;
    this.#onCrossing = onCrossing;
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    if (!isOnDuty) {
      this.#walkers.clear();
      this.#recent.clear();
      this.#situation.end();
      return false;
    }
    const crossings = this.#walkers.look(scene);
    for (const crossing of crossings) {
      const { direction, label } = crossing;
      this.#onCrossing({ direction, label, at: capturedAtOf(scene, crossing.at) });
    }
    const wanted = crossings.filter(
      ({ direction }) => this.#direction === 'both' || this.#direction === direction,
    );
    const count = this.#recent.note(wanted, scene.now);
    if (!this.#situation.open) this.#ofSituation = { count: 0, since: wanted[0]?.at ?? scene.now };
    this.#ofSituation.count += wanted.length;
    const isHeld = this.#limit ? count >= this.#limit.count : wanted.length > 0;
    this.#situation.look(scene, isHeld, isHeld ? this.#toFinding(wanted, count, scene) : undefined);
    return this.#walkers.areMoving || (this.#situation.open !== undefined && !this.#limit);
  }

  dueInMs(): number {
    const isNext = !this.#limit || this.#recent.count + 1 >= this.#limit.count;
    return this.#situation.open || !isNext ? Number.POSITIVE_INFINITY : this.#walkers.nearMs;
  }

  resume(situation: Ongoing): void {
    this.#situation.resume(situation);
  }

  recall(): void {
    // Whoever crosses later is a new situation.
  }

  expire(unseenMs: number): void {
    this.#situation.expire(unseenMs);
  }

  ongoing(): readonly Ongoing[] {
    return this.#situation.open ? [this.#situation.open] : [];
  }

  explain(): WatchExplanation {
    if (this.#situation.open) return explainOpen(this.#situation.open);
    const have = this.#limit ? this.#recent.count : 0;
    const need = this.#limit?.count ?? 1;
    if (have >= need) return { state: 'suppressed', missing: [{ what: 'suppressed', why: 'too-many-open' }] };
    const isBuilding = have > 0 || this.#walkers.isAnybodyHere;
    return { state: isBuilding ? 'building' : 'idle', missing: [{ what: 'crossings', have, need }] };
  }

  #toFinding(wanted: readonly Crossing[], count: number, scene: Scene): Finding | undefined {
    const last = wanted.at(-1);
    if (!last) return undefined;
    const since = this.#limit ? this.#recent.since : this.#ofSituation.since;
    const { direction } = last;
    const facts: AlertFacts = {
      label: last.label,
      direction: this.#direction === 'both' && this.#limit ? 'both' : direction,
      count: this.#limit ? count : this.#ofSituation.count,
      dwellMs: Math.round(scene.now - since),
      limitDwellMs: this.#limit?.withinMs ?? 0,
      ...(this.#limit ? { limitCount: this.#limit.count } : {}),
    };
    const tracks = wanted.map(({ track }) => track).toReversed();
    return { startedAt: capturedAtOf(scene, since), facts, tracks };
  }
}
