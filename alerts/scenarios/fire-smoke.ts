import { neededLabels } from '../../core/config/check-model.ts';
import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import { type BurningLabel, burningLabels } from '../../core/schema/label.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import type { Track } from '../../core/stages.ts';
import { coveredArea } from './covered-area.ts';
import { explainOpen, type WatchExplanation } from './explain.ts';
import { shareInside } from './geometry.ts';
import { Growth } from './growth.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing, Watch } from './watch.ts';
import { ZoneSituation } from './zone-situation.ts';

/** Smoke drifts out of sight and back. */
const defaultClearAfter = '30s';
/** Looks at two a second: six seconds, of which four must show it. */
const defaultHits = 8;
const defaultOf = 12;
const defaultGrowth = 1.15;
/** Smoke has no foot: this share of its box in the zone makes it the zone's. */
const enoughInside = 0.25;
/** What has been there for so long without growing (a stove, the sun in a window) keeps no camera awake. */
const restMs = 60_000;

/** Signs of fire that are not yet, or no longer, an alert. */
interface Suspicion {
  since: number;
  /** Of the last looks, oldest first: whether they showed it. */
  looks: boolean[];
}

/**
 * 烟火: fire or smoke in `hits` of `of` looks, and growing. Flames give no steady tracks, so what is not believed yet
 * counts as well. The first sign is a suspicion, for which the camera stays awake.
 */
export class FireSmokeWatch implements Watch {
  readonly #labels: ReadonlySet<string>;
  readonly #zone: Zone | undefined;
  readonly #situation: ZoneSituation;
  readonly #growth = new Growth();
  readonly #hits: number;
  readonly #of: number;
  readonly #limitGrowth: number;
  #suspicion: Suspicion | undefined;

  constructor(scenario: ScenarioOf<'fireSmoke'>, zone: Zone | undefined, alerting: Alerting) {
    this.#labels = new Set(neededLabels(scenario));
    this.#zone = zone;
    this.#situation = new ZoneSituation(alerting, parseDuration(scenario.clearAfter ?? defaultClearAfter));
    this.#hits = scenario.hits ?? Math.min(defaultHits, scenario.of ?? defaultOf);
    this.#of = scenario.of ?? Math.max(defaultOf, this.#hits);
    this.#limitGrowth = scenario.growth ?? defaultGrowth;
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    if (!isOnDuty) {
      this.#drop();
      this.#situation.end();
      return false;
    }
    const signs = this.#signsOf(scene);
    this.#suspect(scene, signs);
    this.#situation.look(scene, signs.length > 0, this.#find(scene, signs));
    if (this.#situation.open) return true;
    return this.#suspicion !== undefined && scene.now - this.#suspicion.since <= restMs;
  }

  /** Nobody can say when a fire will have grown. */
  dueInMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  resume(situation: Ongoing): void {
    this.#situation.resume(situation);
  }

  recall(): void {
    // What burns again is a new situation.
  }

  expire(unseenMs: number): void {
    this.#situation.expire(unseenMs);
  }

  ongoing(): readonly Ongoing[] {
    return this.#situation.open ? [this.#situation.open] : [];
  }

  explain(scene: Scene): WatchExplanation {
    if (this.#situation.open) return explainOpen(this.#situation.open);
    const suspicion = this.#suspicion;
    if (!suspicion) return { state: 'idle', missing: [{ what: 'nobody', labels: this.#wanted }] };
    const have = countOf(suspicion);
    const growth = { what: 'growth' as const, have: this.#growthShare, need: toShare(this.#limitGrowth) };
    const missing = [
      ...(have < this.#hits ? [{ what: 'looks' as const, have, need: this.#hits }] : []),
      ...(this.#hasGrown ? [] : [growth]),
    ];
    if (missing.length > 0) return { state: 'building', missing };
    return this.#signsOf(scene).length > 0
      ? { state: 'suppressed', missing: [{ what: 'suppressed', why: 'too-many-open' }] }
      : { state: 'building', missing: [{ what: 'sight' }] };
  }

  get #wanted(): BurningLabel[] {
    return burningLabels.filter((label) => this.#labels.has(label));
  }

  get #growthShare(): number {
    return toShare(this.#growth.factor);
  }

  /** Where no growth is asked for, none is looked at. */
  get #hasGrown(): boolean {
    return this.#limitGrowth <= 1 || this.#growth.factor >= this.#limitGrowth;
  }

  #signsOf({ tracks }: Scene): Track[] {
    return tracks
      .filter(({ label, box }) => this.#labels.has(label) && this.#isInZone(box))
      .sort((a, b) => b.box.w * b.box.h - a.box.w * a.box.h);
  }

  #isInZone(box: Track['box']): boolean {
    return !this.#zone || shareInside(box, this.#zone.polygon) >= enoughInside;
  }

  #drop(): void {
    this.#suspicion = undefined;
    this.#growth.clear();
  }

  #suspect({ now, isBroken }: Scene, signs: readonly Track[]): void {
    if (isBroken) this.#drop();
    const isSeen = signs.length > 0;
    if (isSeen) {
      this.#suspicion ??= { since: now, looks: [] };
      this.#growth.note(now, coveredArea(signs.map(({ box }) => box)));
    }
    if (!this.#suspicion) return;
    this.#suspicion.looks = [...this.#suspicion.looks, isSeen].slice(-this.#of);
    if (countOf(this.#suspicion) === 0) this.#drop();
  }

  #find(scene: Scene, signs: readonly Track[]): Finding | undefined {
    const [largest] = signs;
    const suspicion = this.#suspicion;
    if (!largest || !suspicion || countOf(suspicion) < this.#hits || !this.#hasGrown) return undefined;
    return {
      startedAt: capturedAtOf(scene, suspicion.since),
      facts: {
        label: largest.label,
        hits: countOf(suspicion),
        limitHits: this.#hits,
        growth: this.#growthShare,
        dwellMs: Math.round(scene.now - suspicion.since),
        limitDwellMs: 0,
      },
      tracks: signs,
    };
  }
}

const countOf = ({ looks }: Suspicion): number => looks.filter(Boolean).length;

/** In hundredths. */
const toShare = (factor: number): number => Math.round(factor * 100);
