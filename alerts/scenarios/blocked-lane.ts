import { parseDuration } from '../../core/config/quantity.ts';
import type { Zone } from '../../core/schema/camera.ts';
import type { Polygon } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import { vehicleLabels } from '../../core/schema/vehicle-labels.ts';
import type { Track } from '../../core/stages.ts';
import { isAttended } from './attended.ts';
import type { WatchExplanation } from './explain.ts';
import { explainLane } from './explain-lane.ts';
import { footPoint, isInside, lowerPartInside } from './geometry.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import { hasArrived, isSamePlace, StandingPlace } from './standing-place.ts';
import type { Alerting, Ongoing, Past, Watch } from './watch.ts';

const defaultClearAfter = '20s';
/** Nobody looked for longer than this: a vehicle in the same place then is another one. */
const resumeWindowMs = 24 * 3_600_000;
/** The same for a vehicle that nobody was alerted to yet. */
const pendingWindowMs = 60_000;
/** A box that has not moved for this long stands. */
const standsMs = 2000;
/** The tracker's word for how long it stood counts up to here: it may have been misled by a clock that was set. */
const longestStillMs = 20_000;
/** Share of a vehicle's lower part that must lie in the zone when the middle of its lower edge does not. */
const enoughInside = 0.5;
/**
 * A vehicle that could not be found (night, rain, glare) and that nobody saw leave is, when it is found again in the
 * same place within this time, not a new one. Detectors that lose parked cars at night otherwise alert all night.
 */
const recallMs = 3_600_000;
const maxPlaces = 64;
/** What is not alerted to this long after its dwell (it is seen too rarely, or as something else) may wait for frames. */
const lateMs = 10_000;

/**
 * 消防通道占用: a vehicle that came, or was there when watching began, stands in the zone for the dwell time. Every
 * standing place is a situation of its own.
 */
export class BlockedLaneWatch implements Watch {
  readonly #alerting: Alerting;
  readonly #zone: Polygon;
  readonly #wanted: ReadonlySet<Label>;
  readonly #vehicles: ReadonlySet<Label>;
  readonly #limitDwellMs: number;
  readonly #clearAfterMs: number;
  readonly #allowsAttended: boolean;
  #places: StandingPlace[] = [];
  #past: Past[] = [];
  #toResume: Ongoing[] = [];
  /** Since when the schedule has been on, on the scene's time line. */
  #onDutySince: number | undefined;

  constructor(scenario: ScenarioOf<'blockedLane'>, zone: Zone, alerting: Alerting) {
    this.#alerting = alerting;
    this.#zone = zone.polygon;
    this.#wanted = new Set(scenario.labels ?? vehicleLabels);
    this.#vehicles = new Set([...vehicleLabels, ...this.#wanted]);
    this.#limitDwellMs = parseDuration(scenario.dwell);
    this.#clearAfterMs = parseDuration(scenario.clearAfter ?? defaultClearAfter);
    this.#allowsAttended = scenario.allowsAttended ?? false;
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    this.#resumeAll(scene);
    this.#onDutySince = isOnDuty ? (this.#onDutySince ?? scene.now) : undefined;
    if (scene.gapMs > resumeWindowMs) this.expire(scene.gapMs);
    if (this.#allowsAttended) {
      for (const place of this.#places) place.attend(scene, isAttended(place.anchor, scene));
    }
    const strangers = this.#hold(this.#vehiclesOf(scene), scene);
    if (this.#onDutySince !== undefined) this.#admit(strangers, scene, this.#onDutySince);
    this.#places = this.#places.filter((place) => this.#isKept(place, scene, isOnDuty));
    for (const place of this.#places) this.#alertTo(place, scene);
    const isCounting = this.#places.some((place) => this.#isCounting(place, scene.now));
    return isOnDuty && (isCounting || strangers.some((track) => this.#isInLane(track)));
  }

  dueInMs(now: number): number {
    const counting = this.#places.filter((place) => this.#isCounting(place, now));
    const longestMs = Math.max(...counting.map((place) => place.dwellMs(now)));
    return Math.max(0, this.#limitDwellMs - longestMs);
  }

  resume(situation: Ongoing): void {
    if (situation.box) this.#toResume.push(situation);
    else this.#alerting.end(situation);
  }

  recall(past: Past): void {
    this.#past = [...this.#past, past].slice(-maxPlaces);
  }

  expire(unseenMs: number): void {
    if (unseenMs <= resumeWindowMs) return;
    for (const situation of this.ongoing()) this.#alerting.end(situation);
    this.#places = [];
    this.#toResume = [];
  }

  ongoing(): readonly Ongoing[] {
    return [...this.#places.flatMap(({ situation }) => situation ?? []), ...this.#toResume];
  }

  explain(scene: Scene): WatchExplanation {
    const vehicles = this.#vehiclesOf(scene).filter((track) => this.#isInLane(track));
    const parts = { vehicles, ongoing: this.ongoing(), places: this.#places };
    return explainLane({ ...parts, wanted: this.#wanted, limitDwellMs: this.#limitDwellMs }, scene);
  }

  #vehiclesOf({ tracks }: Scene): Track[] {
    return tracks.filter(({ label }) => this.#vehicles.has(label));
  }

  #resumeAll({ now, frame }: Scene): void {
    for (const situation of this.#toResume) {
      if (!situation.box || frame.capturedAt - situation.heldUntil > resumeWindowMs) {
        this.#alerting.end(situation);
      } else {
        this.#places.push(new StandingPlace({ anchor: situation.box, since: now, now, situation }));
      }
    }
    this.#toResume = [];
  }

  /** Gives every place the vehicle that fits it best, those first that were alerted to; what is left over is new. */
  #hold(vehicles: readonly Track[], scene: Scene): Track[] {
    const free = new Set(vehicles);
    for (const place of [...this.#places].sort((a, b) => Number(isPending(a)) - Number(isPending(b)))) {
      const fits = [...free].map((track) => ({ track, fit: place.fit(track) }));
      const best = fits.filter(({ fit }) => fit > 0).sort((a, b) => b.fit - a.fit)[0];
      if (best) {
        free.delete(best.track);
        place.hold(best.track, scene);
      } else place.miss(scene);
    }
    return [...free];
  }

  #admit(strangers: readonly Track[], scene: Scene, earliest: number): void {
    for (const track of strangers) {
      if (!track.isConfirmed || track.stillMs < standsMs || !this.#isInLane(track)) continue;
      this.#replace(track);
      if (this.#places.length >= maxPlaces) {
        this.#alerting.refuse();
        continue;
      }
      const since = Math.max(earliest, scene.now - Math.min(track.stillMs, longestStillMs));
      const isKnown = this.#isKnown(track, scene.frame.capturedAt);
      const place = new StandingPlace({ anchor: track.box, since, now: scene.now, track, isKnown });
      place.hold(track, scene);
      this.#places.push(place);
    }
  }

  /** A vehicle that came where one drove off ends what the first one began. */
  #replace(track: Track): void {
    const [gone, others] = partition(
      this.#places,
      (place) => place.hasDriverLeft && isSamePlace(place.anchor, track.box),
    );
    for (const { situation } of gone) if (situation) this.#alerting.end(situation);
    this.#places = others;
  }

  #isKnown(track: Track, capturedAt: number): boolean {
    this.#past = this.#past.filter(({ endedAt }) => capturedAt - endedAt <= recallMs);
    return !hasArrived(track) && this.#past.some(({ box }) => isSamePlace(box, track.box));
  }

  #isInLane({ box }: Track): boolean {
    return isInside(footPoint(box), this.#zone) || lowerPartInside(box, this.#zone) >= enoughInside;
  }

  #isKept(place: StandingPlace, scene: Scene, isOnDuty: boolean): boolean {
    const isOver = place.isEmptyFor(this.#clearAfterMs);
    if (isPending(place)) {
      const isUnseen = place.unseenMs(scene) > Math.max(pendingWindowMs, this.#clearAfterMs);
      return isOnDuty && !isOver && !isUnseen && !place.isVacated;
    }
    if (!isOver) return true;
    if (place.situation) this.#alerting.end(place.situation);
    if (!place.hasDriverLeft) this.recall({ endedAt: scene.frame.capturedAt, box: place.anchor });
    return false;
  }

  #isCounting(place: StandingPlace, now: number): boolean {
    return isPending(place) && place.dwellMs(now) < this.#limitDwellMs + lateMs;
  }

  #alertTo(place: StandingPlace, scene: Scene): void {
    const { track, label, situation } = place;
    const dwellMs = place.dwellMs(scene.now);
    if (!track) return;
    const facts = {
      ...(label === undefined ? {} : { label }),
      dwellMs: Math.round(dwellMs),
      limitDwellMs: this.#limitDwellMs,
      stoodAtStart: place.stoodAtStart,
    };
    if (situation) this.#alerting.update(situation, facts);
    if (situation || place.isAttended(scene.now) || !place.isBelieved(this.#wanted)) return;
    const finding = { startedAt: capturedAtOf(scene, place.since), facts, tracks: [track] };
    if (place.isKnown) place.situation = this.#alerting.goOn(finding, scene);
    else if (dwellMs >= this.#limitDwellMs) place.situation = this.#alerting.raise(finding, scene);
  }
}

const isPending = (place: StandingPlace): boolean => !place.situation && !place.isKnown;

const partition = <T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] => [
  items.filter(belongs),
  items.filter((item) => !belongs(item)),
];
