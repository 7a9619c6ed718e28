import type { Detection } from '../../core/schema/detection.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { Tracker, TrackUpdate } from '../../core/stages.ts';
import { toLabelGroup } from '../label-group.ts';
import { type Association, associate } from './associate.ts';
import { boxIou } from './box.ts';
import { FrameClock, type Step } from './frame-clock.ts';
import { LiveTrack } from './live-track.ts';
import { recover } from './recover.ts';
import { strongScoreOf, sureScoreOf, usualConfidentScore } from './sure-score.ts';

export interface TrackerOptions {
  cameraId: string;
  /** Division code of the camera's place; goes into every track's row. */
  place: string;
  /** The score that a confident detection of the model reaches, from its card (0–1). */
  confidentScore?: number;
}

/** Whatever shows up this soon after watching began was there before; at low rates in these first frames. */
const earlyMs = 8_000;
const earlyFrames = 3;
/** More objects than this are not followed: the work grows with the square of their number. */
const trackLimit = 300;

const isBox = ({ score, box: { x, y, w, h } }: Detection): boolean =>
  Number.isFinite(score + x + y + w + h) && w > 0 && h > 0;

/**
 * What overlaps a followed object's box by more than this is likelier a second box of it than another object; a little
 * less than what the detector's suppression lets pass (0.5).
 */
const doubleIou = 0.4;

const isDouble = ({ label, box }: Detection, pairs: Association['pairs']): boolean =>
  pairs.some(([track, found]) => track.group === toLabelGroup(label) && boxIou(found.box, box) > doubleIou);

class CameraTracker implements Tracker {
  readonly #cameraId: string;
  readonly #place: string;
  readonly #confidentScore: number;
  #clock = new FrameClock();
  #frames = 0;
  #births = 0;
  #tracks: LiveTrack[] = [];

  constructor({ cameraId, place, confidentScore = usualConfidentScore }: TrackerOptions) {
    this.#cameraId = cameraId;
    this.#place = place;
    this.#confidentScore = confidentScore;
  }

  update(detections: readonly Detection[], capturedAt: number): TrackUpdate {
    const step = this.#clock.step(capturedAt);
    this.#frames += 1;
    for (const track of this.#tracks) track.predict(step);
    const association = associate(this.#tracks, detections.filter(isBox), this.#isStrong);
    const isStarting = (detection: Detection): boolean =>
      this.#isSure(detection) && !isDouble(detection, association.pairs);
    const { pairs, missed, fresh } = recover(association, isStarting);
    for (const [track, detection] of pairs) track.match(detection, step, this.#isSure(detection));
    for (const track of missed) track.miss(step);
    const starting = fresh.filter(isStarting);
    const room = Math.max(0, trackLimit - this.#tracks.length);
    for (const detection of starting.slice(0, room)) this.#give(detection, step);
    const ended = this.#end((track) => track.isOver);
    return {
      cameraId: this.#cameraId,
      capturedAt: step.at,
      tracks: this.#tracks.map((track) => track.toTrack()),
      ended,
      unfollowed: Math.max(0, starting.length - room),
    };
  }

  flush(): readonly TrackRow[] {
    this.#clock = new FrameClock();
    this.#frames = 0;
    return this.#end(() => true);
  }

  /** Sure enough to find a track again by. */
  readonly #isStrong = ({ label, score }: Detection): boolean =>
    score >= strongScoreOf(label, this.#confidentScore);

  /** Sure enough to start a track with. */
  #isSure({ label, score }: Detection): boolean {
    return score >= sureScoreOf(label, this.#confidentScore);
  }

  /** Gives a detection a track of its own. Ids stay unique over restarts because time goes on. */
  #give(detection: Detection, { at }: Step): void {
    const trackId = `${this.#cameraId}-${at.toString(36)}-${this.#births.toString(36)}`;
    const isEarly = this.#clock.elapsedMs <= earlyMs || this.#frames <= earlyFrames;
    this.#births += 1;
    this.#tracks.push(new LiveTrack({ trackId, detection, at, isEarly }));
  }

  #end(isOver: (track: LiveTrack) => boolean): TrackRow[] {
    const over = this.#tracks.filter(isOver);
    this.#tracks = this.#tracks.filter((track) => !over.includes(track));
    return over.filter((track) => track.isConfirmed).map((track) => track.toRow(this.#cameraId, this.#place));
  }
}

/**
 * Makes the tracker of one camera: two-stage association (ByteTrack, arXiv 2110.06864) on a Kalman motion model
 * whose time step is that of the frames, so any frame rate from 10 fps down to one in some seconds will do.
 * Pure: the same detections and times give the same tracks and ids. Times may repeat, jump or be missing.
 */
export const createTracker = (options: TrackerOptions): Tracker => new CameraTracker(options);
