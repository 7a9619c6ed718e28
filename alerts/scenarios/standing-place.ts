import type { Box } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';
import type { Track } from '../../core/stages.ts';
import { Absence } from './absence.ts';
import { boxContainment, boxIou, hiddenShare } from './geometry.ts';
import type { Scene } from './scene.ts';
import type { Ongoing } from './watch.ts';

/** Boxes that overlap this much stand in one place. */
const sameIou = 0.5;
/** What a box must reach to be the same place without a track behind it: an unbelieved one, or after an id's swap. */
const surelySameIou = 0.8;
/** A box that lies this much inside the other is its cut-off half: somebody stood in front of the rest. */
const partContainment = 0.8;
/** A track whose box overlaps its place less than this has driven off. */
const offIou = 0.3;
/** A place hidden this much shows nothing of whether a vehicle is there. */
const hidden = 0.5;
/** A place whose vehicle was seen driving off is free when it has been empty this long. */
const vacatedMs = 2000;
/** A track that had moved for longer than this before it stood still was seen to arrive. */
const arrivalMs = 1500;
/** Whoever loads is hidden behind the vehicle now and then, or steps into the house. */
const attendedMs = 10_000;
/** Sightings before anything is said: a shadow that is a car once is none. */
const minSightings = 3;

/** Whether the tracker saw this object come, rather than find it standing. */
export const hasArrived = ({ startedAt, seenAt, stillMs }: Track): boolean =>
  seenAt - startedAt - stillMs > arrivalMs;

/** How well a track's box fits a place where a vehicle stood, which may since have been seen from another side. */
export const isSamePlace = (anchor: Box, box: Box): boolean =>
  boxIou(anchor, box) >= sameIou || boxContainment(anchor, box) >= partContainment;

/**
 * A place where a vehicle stands. It is held by the place, not by a track's id: whatever vehicle's box is found there
 * holds it, so that ids may change, labels swap, and others pass in front.
 */
export class StandingPlace {
  /** On the scene's time line. */
  readonly since: number;
  readonly stoodAtStart: boolean;
  anchor: Box;
  /** Set once it was alerted to. */
  situation: Ongoing | undefined;
  /** It was alerted to before and never seen to leave: there is nothing new to say. */
  readonly isKnown: boolean;
  /** The track that holds it in the present frame. */
  track: Track | undefined;
  readonly #absence = new Absence();
  readonly #sightings = new Map<Label, number>();
  #holderId: string;
  #seenAt: number;
  #attendedMs = 0;
  #attendedAt = Number.NEGATIVE_INFINITY;
  #hasDriverLeft = false;

  constructor(init: {
    anchor: Box;
    since: number;
    now: number;
    track?: Track;
    situation?: Ongoing;
    isKnown?: boolean;
  }) {
    this.anchor = init.anchor;
    this.since = init.since;
    this.#seenAt = init.now;
    this.stoodAtStart = init.track?.stoodAtStart ?? false;
    this.#holderId = init.track?.trackId ?? '';
    this.situation = init.situation;
    this.isKnown = init.isKnown ?? false;
  }

  /** How well a track fits here: 0 when it does not, else higher is better. */
  fit(track: Track): number {
    const iou = boxIou(this.anchor, track.box);
    const isHolder = track.trackId === this.#holderId;
    if (isHolder && iou >= sameIou) return 1 + iou;
    if (!track.isConfirmed) return iou >= surelySameIou ? iou : 0;
    if (track.stillMs <= 0) return 0;
    if (this.#hasDriverLeft && hasArrived(track)) return this.isVacated || iou < surelySameIou ? 0 : iou;
    if (iou >= sameIou) return iou;
    const isPart = boxContainment(this.anchor, track.box) >= partContainment;
    return isPart && (isHolder || !hasArrived(track)) ? iou : 0;
  }

  hold(track: Track, scene: Scene): void {
    if (track.isConfirmed) {
      // Only the same track may show more or less of the same vehicle; a place does not creep along with a queue.
      if (track.trackId === this.#holderId && boxIou(this.anchor, track.box) < sameIou)
        this.anchor = track.box;
      this.#holderId = track.trackId;
    }
    this.track = track;
    this.#seenAt = scene.now;
    this.#hasDriverLeft = false;
    this.#absence.end();
    this.#sightings.set(track.label, (this.#sightings.get(track.label) ?? 0) + 1);
    if (this.situation) {
      this.situation.heldUntil = Math.max(Math.round(scene.frame.capturedAt), this.situation.startedAt);
    }
  }

  /** Nothing fitted in this look. */
  miss(scene: Scene): void {
    this.track = undefined;
    const holder = scene.tracks.find(({ trackId }) => trackId === this.#holderId);
    if (holder && boxIou(this.anchor, holder.box) < offIou) this.#hasDriverLeft = true;
    const isHidden = scene.tracks.some(({ box }) => hiddenShare(this.anchor, box) >= hidden);
    if (!isHidden || this.isVacated) this.#absence.note(scene);
  }

  /** Its vehicle was seen to drive off, and nothing has stood there since. */
  get isVacated(): boolean {
    return this.#hasDriverLeft && this.#absence.hasLasted(vacatedMs);
  }

  /** Its vehicle was seen to drive off, just now or a while ago. */
  get hasDriverLeft(): boolean {
    return this.#hasDriverLeft;
  }

  isEmptyFor(ms: number): boolean {
    return this.#absence.hasLasted(ms);
  }

  /** A look in which somebody was beside it, or not: with somebody there its dwell does not go on. */
  attend(scene: Scene, isSomebodyThere: boolean): void {
    if (isSomebodyThere) this.#attendedAt = scene.now;
    if (this.isAttended(scene.now)) this.#attendedMs += Math.min(scene.gapMs, scene.now - this.since);
  }

  isAttended(now: number): boolean {
    return now - this.#attendedAt <= attendedMs;
  }

  /** How long it has stood with nobody beside it. */
  dwellMs(now: number): number {
    return Math.max(0, now - this.since - this.#attendedMs);
  }

  unseenMs(scene: Scene): number {
    return scene.now - this.#seenAt;
  }

  /** The label it was seen as most often: a detector takes one vehicle for a car now and a truck then. */
  get label(): Label | undefined {
    return [...this.#sightings].sort(([a, na], [b, nb]) => nb - na || (a < b ? -1 : 1))[0]?.[0];
  }

  /** Whether it was seen often enough, and as one of these at least every other time. */
  isBelieved(labels: ReadonlySet<Label>): boolean {
    let all = 0;
    let wanted = 0;
    for (const [label, times] of this.#sightings) {
      all += times;
      if (labels.has(label)) wanted += times;
    }
    return all >= minSightings && wanted * 2 >= all;
  }
}
