import type { Label } from '../../core/schema/label.ts';
import { quarterMs } from '../../core/schema/normals.ts';
import type { Scene } from './scene.ts';

/** What began in a quarter of an hour, by the camera's clock. */
export interface Quarter {
  startsAt: number;
  counts: ReadonlyMap<Label, number>;
  /** Whether nearly all of it was looked at: too few in it then means that there were too few. */
  isWhole: boolean;
  /** Whether the scenario was on duty in every look. */
  wasOnDuty: boolean;
}

interface Tally {
  startsAt: number;
  counts: Map<Label, number>;
  watchedMs: number;
  wasOnDuty: boolean;
}

/** What begins shortly before the end is believed after it. */
const settleMs = 60_000;
const wholeShare = 0.9;

/**
 * Counts tracks where they begin, as the history does: every confirmed track once, after a cut stream again, masked or
 * not.
 */
export class QuarterTally {
  #running: Tally | undefined;
  #settling: Tally | undefined;
  #counted: ReadonlySet<string> = new Set();

  /** Gives a quarter that has come to its end, once. */
  look(scene: Scene, isOnDuty: boolean): Quarter | undefined {
    const { capturedAt } = scene.frame;
    const running = this.#roll(capturedAt);
    if (!scene.isBroken) running.watchedMs += scene.gapMs;
    running.wasOnDuty &&= isOnDuty;
    this.#count(scene);
    const settling = this.#settling;
    if (!settling || capturedAt < settling.startsAt + quarterMs + settleMs) return undefined;
    this.#settling = undefined;
    return toQuarter(settling);
  }

  /** The quarter that is not over yet. */
  get running(): Quarter | undefined {
    return this.#running && toQuarter(this.#running);
  }

  #roll(capturedAt: number): Tally {
    const startsAt = Math.floor(capturedAt / quarterMs) * quarterMs;
    const running = this.#running;
    if (running?.startsAt === startsAt) return running;
    // A clock that was set back begins anew: what was counted belongs to no quarter any more.
    this.#settling = running && running.startsAt < startsAt ? running : undefined;
    this.#running = { startsAt, counts: new Map(), watchedMs: 0, wasOnDuty: true };
    return this.#running;
  }

  #count({ frame }: Scene): void {
    const believed = frame.tracks.filter(({ isConfirmed }) => isConfirmed);
    for (const { trackId, label, startedAt } of believed) {
      if (this.#counted.has(trackId)) continue;
      const tally = [this.#running, this.#settling].find(
        (one) => one && startedAt >= one.startsAt && startedAt < one.startsAt + quarterMs,
      );
      tally?.counts.set(label, (tally.counts.get(label) ?? 0) + 1);
    }
    this.#counted = new Set(believed.map(({ trackId }) => trackId));
  }
}

const toQuarter = ({ startsAt, counts, watchedMs, wasOnDuty }: Tally): Quarter => ({
  startsAt,
  counts,
  isWhole: watchedMs >= quarterMs * wholeShare,
  wasOnDuty,
});
