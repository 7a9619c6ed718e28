import type { Missing } from '../../core/schema/explanation.ts';
import type { Polygon } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';
import type { Track } from '../../core/stages.ts';
import { boxIou, centreDistance, footPoint, isInside } from './geometry.ts';
import type { Scene } from './scene.ts';

/** Something that is in a zone, over short misses, steps over the edge and changes of its track's id. */
export interface Presence {
  track: Track;
  enteredAt: number;
  insideAt: number;
  /** Looks since it was last inside. */
  misses: number;
}

/** What may happen to something without its having left. */
export interface Tolerance {
  /** Longer than this, and more often than once, outside or unseen: it left. */
  missMs: number;
  /** Steps of a walker between being lost and found again, in heights of the box. */
  reach: number;
}

const usualTolerance: Tolerance = { missMs: 1000, reach: 0.6 };
const missToleranceLooks = 2;
/** How much of a lost object's box a new track must cover to be the same object, if it is not near it otherwise. */
const sameIou = 0.3;

/** Whether it was seen in the zone in the very last look. */
export const isHere = (presence: Presence): boolean => presence.misses === 0;

/** Follows what of some labels stands in a zone: confirmed tracks by their foot points. */
export class Presences {
  readonly #labels: ReadonlySet<Label>;
  readonly #zone: Polygon;
  readonly #tolerance: Tolerance;
  #all: Presence[] = [];
  /** Since when each track that is not believed yet has stood in the zone. */
  #candidates = new Map<string, number>();

  constructor(labels: Iterable<Label>, zone: Polygon, tolerance: Tolerance = usualTolerance) {
    this.#labels = new Set(labels);
    this.#zone = zone;
    this.#tolerance = tolerance;
  }

  /** Those that are in the zone, the one that entered first in front. */
  look(scene: Scene): readonly Presence[] {
    if (scene.isBroken) this.clear();
    for (const presence of this.#all) presence.misses++;
    const strangers: Track[] = [];
    for (const track of scene.tracks) {
      if (!track.isConfirmed || !this.#isWanted(track)) continue;
      const known = this.#all.find((presence) => presence.track.trackId === track.trackId);
      if (known) refresh(known, track, scene.now);
      else strangers.push(track);
    }
    for (const track of strangers) this.#admit(track, scene);
    this.#noteCandidates(scene);
    this.#all = this.#all.filter((presence) => scene.isSettling || !this.#hasLeft(presence, scene.now));
    return this.#all;
  }

  /** As of the last look. */
  get all(): readonly Presence[] {
    return this.#all;
  }

  /** Whether something unbelieved yet stands in the zone: worth a second look. */
  hasCandidate(scene: Scene): boolean {
    return scene.tracks.some((track) => !track.isConfirmed && this.#isWanted(track));
  }

  /** What is missing while nothing believed is in the zone: its belief, or all of it. */
  explainAbsence(scene: Scene): Missing {
    return this.hasCandidate(scene) ? { what: 'unconfirmed' } : { what: 'nobody', labels: [...this.#labels] };
  }

  /** Since when the first has stood in the zone, believed or not; nothing when nobody stands there. */
  get firstSince(): number | undefined {
    const since = [...this.#all.map(({ enteredAt }) => enteredAt), ...this.#candidates.values()];
    return since.length > 0 ? Math.min(...since) : undefined;
  }

  /** How many stand in the zone in this frame, believed or not. */
  countVisible(scene: Scene): number {
    return scene.tracks.filter((track) => this.#isWanted(track)).length;
  }

  /** Those that were in the zone at the last look. */
  get inside(): readonly Presence[] {
    return this.#all;
  }

  clear(): void {
    this.#all = [];
    this.#candidates.clear();
  }

  /** Believing takes some looks; what is believed then has been there all along. */
  #noteCandidates({ tracks, now }: Scene): void {
    const before = this.#candidates;
    const standing = tracks.filter((track) => !track.isConfirmed && this.#isWanted(track));
    this.#candidates = new Map(standing.map(({ trackId }) => [trackId, before.get(trackId) ?? now]));
  }

  #hasLeft({ insideAt, misses }: Presence, now: number): boolean {
    return misses >= missToleranceLooks && now - insideAt > this.#tolerance.missMs;
  }

  #isWanted({ label, box }: Track): boolean {
    return this.#labels.has(label) && isInside(footPoint(box), this.#zone);
  }

  #admit(track: Track, scene: Scene): void {
    const visible = new Set(scene.tracks.map(({ trackId }) => trackId));
    const lost = this.#all
      .filter((presence) => !isHere(presence) && !visible.has(presence.track.trackId))
      .filter((presence) => isSameObject(presence.track, track, this.#tolerance.reach))
      .sort((a, b) => centreDistance(a.track.box, track.box) - centreDistance(b.track.box, track.box))[0];
    if (lost) refresh(lost, track, scene.now);
    else {
      const enteredAt = this.#candidates.get(track.trackId) ?? scene.now;
      this.#all.push({ track, enteredAt, insideAt: scene.now, misses: 0 });
    }
  }
}

const refresh = (presence: Presence, track: Track, now: number): void => {
  presence.track = track;
  presence.insideAt = now;
  presence.misses = 0;
};

/** One track is lost and another is born beside it: the tracker lost the thread, not the person the place. */
const isSameObject = (before: Track, after: Track, reach: number): boolean =>
  after.startedAt > before.seenAt &&
  (boxIou(before.box, after.box) >= sameIou ||
    centreDistance(before.box, after.box) <= reach * Math.max(before.box.h, before.box.w, after.box.h));
