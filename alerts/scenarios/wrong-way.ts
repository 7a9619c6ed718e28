import { parseDuration } from '../../core/config/quantity.ts';
import type { Line, Zone } from '../../core/schema/camera.ts';
import type { Polygon } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import { vehicleLabels } from '../../core/schema/vehicle-labels.ts';
import type { Track } from '../../core/stages.ts';
import { explainOpen, type WatchExplanation } from './explain.ts';
import { type Followed, Follower } from './follower.ts';
import { centreDistance, footPoint, isInside } from './geometry.ts';
import { type AgainstLane, LaneTrail } from './lane-trail.ts';
import type { Polyline } from './line-geometry.ts';
import { MovingSituations } from './moving-situations.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import type { Alerting, Ongoing, Watch } from './watch.ts';

const defaultClearAfter = '10s';
const defaultMinPath = 0.15;
/** Less than this is what boxes tremble. */
const leastPath = 0.02;
/** Behind a lorry, or between two looks, a vehicle may be out of sight this long. */
const lostMs = 3000;
/** A vehicle that has stood still for this long needs no watching frame by frame. */
const restMs = 10_000;
/** Looks in a row that must show it: two boxes that became one for a frame went nowhere. */
const minLooks = 2;

interface Drive {
  trail: LaneTrail;
  looks: number;
  against: AgainstLane | undefined;
}

/**
 * 逆行: a vehicle in the zone goes against the lane for `minPath`, counted from where it turned, within some seconds:
 * what is slower backs into a parking place. Bicycles are not watched unless their label is named. Each vehicle is a
 * situation of its own, and is alerted to once.
 */
export class WrongWayWatch implements Watch {
  readonly #zone: Polygon;
  readonly #follower: Follower<Drive>;
  readonly #labels: readonly Label[];
  readonly #minPath: number;
  readonly #situations: MovingSituations;
  #inLane: readonly Followed<Drive>[] = [];

  constructor(
    scenario: ScenarioOf<'wrongWay'>,
    { zone, along }: { zone: Zone; along: Line },
    alerting: Alerting,
  ) {
    this.#zone = zone.polygon;
    this.#labels = scenario.labels ?? vehicleLabels;
    const lane: Polyline = along.points;
    const begin = (): Drive => ({ trail: new LaneTrail(lane), looks: 0, against: undefined });
    this.#follower = new Follower(this.#labels, lostMs, begin);
    this.#minPath = Math.max(leastPath, scenario.minPath ?? defaultMinPath);
    this.#situations = new MovingSituations(
      alerting,
      parseDuration(scenario.clearAfter ?? defaultClearAfter),
    );
  }

  look(scene: Scene, isOnDuty: boolean): boolean {
    if (!isOnDuty) {
      this.#follower.clear();
      this.#situations.end();
      this.#inLane = [];
      return false;
    }
    const seen = this.#follower.look(scene);
    this.#inLane = seen
      .filter(({ object }) => isInside(footPoint(object.track.box), this.#zone))
      .map(({ object }) => object);
    for (const { object, before } of seen) this.#drive(object, before, scene.now);
    this.#situations.look(this.#inLane, scene);
    for (const vehicle of this.#inLane) this.#alertTo(vehicle, scene);
    return (
      this.#situations.areOpen ||
      this.#inLane.some(({ track }) => !track.isConfirmed || track.stillMs < restMs)
    );
  }

  dueInMs(now: number): number {
    return Math.min(
      ...this.#inLane.map(({ story: { against } }) => {
        if (!against || against.path < leastPath || against.path >= this.#minPath)
          return Number.POSITIVE_INFINITY;
        return ((this.#minPath - against.path) * (now - against.since)) / against.path;
      }),
    );
  }

  resume(situation: Ongoing): void {
    this.#situations.resume(situation);
  }

  recall(): void {
    // What goes the wrong way later is another vehicle, or does it again.
  }

  expire(unseenMs: number): void {
    this.#situations.expire(unseenMs);
  }

  ongoing(): readonly Ongoing[] {
    return this.#situations.ongoing;
  }

  explain(): WatchExplanation {
    const [open] = this.#situations.ongoing;
    if (open) return explainOpen(open);
    const believed = this.#inLane.filter(({ track }) => track.isConfirmed);
    const [first] = believed.sort((a, b) => pathOf(b) - pathOf(a));
    if (!first) {
      const isCandidate = this.#inLane.length > 0;
      return {
        state: 'idle',
        missing: [isCandidate ? { what: 'unconfirmed' } : { what: 'nobody', labels: [...this.#labels] }],
      };
    }
    const have = Math.round(pathOf(first) * 100) / 100;
    if (have >= this.#minPath)
      return { state: 'suppressed', missing: [{ what: 'suppressed', why: 'too-many-open' }] };
    const distance = { what: 'distance' as const, have, need: this.#minPath, label: first.track.label };
    return { state: have >= leastPath ? 'building' : 'idle', missing: [distance] };
  }

  #drive({ story, track }: Followed<Drive>, before: Track | undefined, now: number): void {
    // An id that leaps from one vehicle to another tells of neither.
    if (before && isLeap(before, track)) story.trail.clear();
    if (!isInside(footPoint(track.box), this.#zone)) return;
    story.against = story.trail.add(now, track.box);
    story.looks = story.against.path >= this.#minPath ? story.looks + 1 : 0;
  }

  #alertTo(vehicle: Followed<Drive>, scene: Scene): void {
    const { track, story } = vehicle;
    const { against, looks } = story;
    if (!against || looks < minLooks || !track.isConfirmed) return;
    const facts = {
      label: track.label,
      distance: Math.round(against.path * 100),
      dwellMs: Math.round(scene.now - against.since),
      limitDwellMs: 0,
    };
    const finding = { startedAt: capturedAtOf(scene, against.since), facts, tracks: [track] };
    this.#situations.begin(vehicle, finding, scene);
  }
}

const pathOf = ({ story }: Followed<Drive>): number => Math.max(0, story.against?.path ?? 0);

/** Between two looks nothing moves by twice its own size. */
const leapSizes = 2;

const isLeap = ({ box }: Track, { box: next }: Track): boolean =>
  centreDistance(box, next) > leapSizes * Math.max(box.w, box.h, next.w, next.h);
