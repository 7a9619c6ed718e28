import type { Detection } from '../../core/schema/detection.ts';
import type { Track, TrackUpdate } from '../../core/stages.ts';
import { FrameClock } from '../track/frame-clock.ts';
import { sureScoreOf, usualConfidentScore } from '../track/sure-score.ts';
import { Arrivals } from './arrivals.ts';
import { CandidateSpot } from './candidate-spot.ts';
import { Spot } from './spot.ts';
import type { StaticSpot } from './static-spot.ts';

export interface StaticFilter {
  /** The detections without the weak ones at known spots. */
  sift(detections: readonly Detection[]): readonly Detection[];
  /** Learns from all detections of a frame, and from what the tracker made of those that were left. */
  learn(detections: readonly Detection[], update: Pick<TrackUpdate, 'tracks' | 'capturedAt'>): void;
  /** The known spots, as plain JSON: given to a new filter, it goes on where this one is. */
  spots(): readonly StaticSpot[];
}

export interface StaticFilterOptions {
  /** The score that a confident detection of the model reaches, from its card (0–1). */
  confidentScore?: number;
  /** What an earlier filter of the same camera had learnt. */
  spots?: readonly StaticSpot[];
}

/** Beyond these the spot that was seen longest ago is forgotten, and no further one is tried. */
const spotLimit = 64;
const candidateLimit = 128;
/** What has not been seen for a week is gone: a sign that was taken down, a camera that was turned. */
const forgetMs = 7 * 86_400_000;

class CameraStaticFilter implements StaticFilter {
  readonly #confidentScore: number;
  readonly #clock = new FrameClock();
  readonly #arrivals = new Arrivals();
  #known: Spot[];
  #candidates: CandidateSpot[] = [];

  constructor({ confidentScore = usualConfidentScore, spots = [] }: StaticFilterOptions) {
    this.#confidentScore = confidentScore;
    this.#known = spots.slice(0, spotLimit).map((spot) => new Spot(spot));
  }

  sift(detections: readonly Detection[]): readonly Detection[] {
    if (this.#known.length === 0) return detections;
    return detections.filter(
      (detection) => this.#isSure(detection) || !this.#known.some((spot) => spot.holds(detection)),
    );
  }

  learn(
    detections: readonly Detection[],
    { tracks, capturedAt }: Parameters<StaticFilter['learn']>[1],
  ): void {
    const { at, watchedMs } = this.#clock.step(capturedAt);
    const followed = tracks.filter(({ isConfirmed }) => isConfirmed);
    for (const candidate of this.#candidates) candidate.look(watchedMs);
    for (const detection of detections) this.#see(detection, followed, at);
    this.#forget(this.#arrivals.among(followed), at);
    this.#promote();
  }

  spots(): readonly StaticSpot[] {
    return this.#known.map((spot) => spot.toJSON());
  }

  #isSure({ label, score }: Pick<Detection, 'label' | 'score'>): boolean {
    return score >= sureScoreOf(label, this.#confidentScore);
  }

  /** Counts a box where it is. Where something is followed no spot begins: it has come there, or was sure at first. */
  #see(detection: Detection, followed: readonly Track[], at: number): void {
    const isSure = this.#isSure(detection);
    const candidate = this.#candidates.find(({ spot }) => spot.holds(detection));
    const spot = this.#known.find((known) => known.holds(detection)) ?? candidate?.spot;
    if (spot) {
      spot.count(detection.box, isSure, at);
    } else if (!isSure && this.#candidates.length < candidateLimit) {
      const { label, box } = detection;
      const begun = new Spot({ label, box, hits: 1, sure: 0, seenAt: at });
      if (!begun.isCoveredBy(followed)) this.#candidates.push(new CandidateSpot(begun));
    }
  }

  /** Forgets where something real has come to, what is sure too often, and what has long not been seen. */
  #forget(arrived: readonly Track[], at: number): void {
    const here = arrived.filter((track) => track.isSeenNow && this.#isSure(track));
    this.#candidates = this.#candidates.filter(
      ({ spot, isGivenUp }) => !isGivenUp && !spot.isCoveredBy(here),
    );
    this.#known = this.#known.filter(
      (spot) => spot.isHardlyEverSure && !spot.isCoveredBy(here) && at - spot.seenAt <= forgetMs,
    );
  }

  #promote(): void {
    const learnt = this.#candidates.filter(({ isLearnt }) => isLearnt);
    if (learnt.length === 0) return;
    this.#candidates = this.#candidates.filter((candidate) => !learnt.includes(candidate));
    this.#known = [...this.#known, ...learnt.map(({ spot }) => spot)]
      .sort((a, b) => b.seenAt - a.seenAt)
      .slice(0, spotLimit);
  }
}

/**
 * Makes the filter of one camera, for what a small model takes for a person or a vehicle day after day in one spot: a
 * sign, a bollard, a stain. It takes out weak boxes alone, and only where such a box has recurred unmoved for a while,
 * hardly ever surely, and where nothing was followed when it began. What is sure always passes.
 */
export const createStaticFilter = (options: StaticFilterOptions = {}): StaticFilter =>
  new CameraStaticFilter(options);
