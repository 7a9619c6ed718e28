import type { Detection } from '../../core/schema/detection.ts';
import type { Box } from '../../core/schema/geometry.ts';
import type { Label } from '../../core/schema/label.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { Track } from '../../core/stages.ts';
import { type LabelGroup, toLabelGroup } from '../label-group.ts';
import { footOf, insidePicture, isCentreInPicture } from './box.ts';
import { BoxMotion } from './box-motion.ts';
import { Credit } from './credit.ts';
import type { Step } from './frame-clock.ts';
import { LabelVote } from './label-vote.ts';
import { Path } from './path.ts';
import { Stillness } from './stillness.ts';

/** Something that has stood this long is expected where it stood. */
const standingMs = 3_000;
/** Watched time without a match after which a track ends: not yet confirmed, moving, standing. */
const patienceMs = { unconfirmed: 400, moving: 2_000, standing: 60_000 } as const;
/** What has stood is not given up for fewer misses than these, however far apart the frames are. */
const standingMisses = 5;

export interface Birth {
  trackId: string;
  detection: Detection;
  at: number;
  /** It was there when watching began. */
  isEarly: boolean;
}

/** What the tracker remembers of one object. */
export class LiveTrack {
  readonly trackId: string;
  readonly group: LabelGroup;
  readonly #startedAt: number;
  readonly #isEarly: boolean;
  readonly #vote: LabelVote;
  readonly #motion: BoxMotion;
  readonly #stillness: Stillness;
  readonly #credit = new Credit();
  readonly #path = new Path();
  #box: Box;
  #lastBox: Box;
  #score: number;
  #bestScore: number;
  #seenAt: number;
  #hits = 1;
  #misses = 0;
  #ageMs = 0;
  /** Since it was last matched: all time, watched time, and time that nobody watched. */
  #sinceSeenMs = 0;
  #lostMs = 0;
  #unwatchedMs = 0;
  #isConfirmed = false;

  constructor({ trackId, detection, at, isEarly }: Birth) {
    this.trackId = trackId;
    this.group = toLabelGroup(detection.label);
    this.#startedAt = at;
    this.#seenAt = at;
    this.#isEarly = isEarly;
    this.#vote = new LabelVote(detection.label, detection.score);
    this.#motion = new BoxMotion(detection.box, this.group);
    this.#stillness = new Stillness(detection.box, this.group);
    this.#box = detection.box;
    this.#lastBox = detection.box;
    this.#score = detection.score;
    this.#bestScore = detection.score;
    this.#path.add(footOf(detection.box));
  }

  get label(): Label {
    return this.#vote.winner;
  }

  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** It has stood in its place for some time, so it is likely to be there although it is not seen. */
  get isStanding(): boolean {
    return this.#stillness.stillMs >= standingMs;
  }

  /** Watched time since it was last matched. */
  get lostMs(): number {
    return this.#lostMs;
  }

  /** How long its motion has been guesswork. */
  get doubtMs(): number {
    return this.#lostMs + this.#unwatchedMs;
  }

  /** Where it was when it was last matched. */
  get lastBox(): Box {
    return this.#lastBox;
  }

  /** Where it is expected. */
  get expected(): Box {
    return this.#motion.box;
  }

  /** Whether it ends: gone from the picture, not found for too long, or held by weak boxes for too long. */
  get isOver(): boolean {
    if (this.#credit.isUsedUp) return true;
    if (this.#misses === 0) return false;
    if (!isCentreInPicture(this.#motion.box)) return true;
    if (!this.#isConfirmed) return this.#lostMs > patienceMs.unconfirmed;
    if (!this.isStanding) return this.#lostMs > patienceMs.moving;
    return this.#lostMs > patienceMs.standing && this.#misses >= standingMisses;
  }

  /** Squared distance of a box from where it is expected, in standard deviations. */
  distanceSquared(box: Box): number {
    return this.#motion.distanceSquared(box);
  }

  /** Carries it on to the next frame. */
  predict({ elapsedMs, watchedMs }: Step): void {
    this.#ageMs += elapsedMs;
    this.#sinceSeenMs += elapsedMs;
    this.#unwatchedMs += elapsedMs - watchedMs;
    if (this.#misses > 0 && this.isStanding) this.#motion.rest(this.#stillness.place);
    this.#motion.predict(elapsedMs / 1000);
  }

  /** It was found in this frame; `isSure` when the detection could have started a track. */
  match({ label, score, box }: Detection, { at, watchedMs }: Step, isSure: boolean): void {
    this.#motion.correct(box, score, this.#sinceSeenMs);
    this.#stillness.see(box, this.#sinceSeenMs);
    this.#credit.count(isSure, watchedMs);
    this.#vote.add(label, score);
    this.#path.add(footOf(box));
    this.#box = this.#motion.box;
    this.#lastBox = this.#box;
    this.#score = score;
    this.#bestScore = Math.max(this.#bestScore, score);
    this.#seenAt = at;
    this.#hits += 1;
    this.#misses = 0;
    this.#sinceSeenMs = 0;
    this.#lostMs = 0;
    this.#unwatchedMs = 0;
    // The third frame would come late at 1 or 2 fps: there two that lie half a second apart are enough.
    this.#isConfirmed ||= this.#hits >= 3 || this.#ageMs >= 500;
  }

  /** It was not found in this frame. */
  miss({ watchedMs }: Step): void {
    this.#misses += 1;
    this.#lostMs += watchedMs;
    this.#box = this.#motion.box;
  }

  toTrack(): Track {
    return {
      trackId: this.trackId,
      label: this.label,
      score: this.#score,
      box: insidePicture(this.#box),
      startedAt: this.#startedAt,
      seenAt: this.#seenAt,
      hits: this.#hits,
      isConfirmed: this.#isConfirmed,
      isSeenNow: this.#misses === 0,
      stoodAtStart: this.#isEarly && !this.#stillness.hasMovedAway,
      stillMs: Math.round(this.#stillness.stillMs),
      speed: this.#motion.speed,
    };
  }

  toRow(cameraId: string, place: string): TrackRow {
    return {
      trackId: this.trackId,
      cameraId,
      place,
      label: this.label,
      startedAt: this.#startedAt,
      endedAt: Math.max(this.#startedAt, this.#seenAt),
      frames: this.#hits,
      bestScore: this.#bestScore,
      path: this.#path.toPoints(),
    };
  }
}
