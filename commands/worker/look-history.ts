import { Minutes } from '../../core/minutes.ts';
import type { Detection } from '../../core/schema/detection.ts';
import type { Explanation } from '../../core/schema/explanation.ts';
import type { DropReason } from '../../core/schema/health.ts';
import type { Track } from '../../core/stages.ts';

/** What the detector did with one camera's frames in one minute. */
export interface LookedMinute {
  inferred: number;
  detections: number;
  /** Time of a detector thread. */
  costMs: number;
  readonly dropped: Record<DropReason, number>;
}

type LastSeen = Pick<Explanation, 'lookedAt' | 'lastDetection' | 'lastTrack'>;

/** What is remembered of the frames behind the detector; minutes oldest first. */
export interface LookRecord {
  last: LastSeen;
  minutes: readonly { from: number; counts: LookedMinute }[];
  /** When remembering began. */
  since: number;
}

/** Remembers for some minutes what was found in a camera's frames, and the last detection and track for ever. */
export class LookHistory {
  readonly #now: () => number;
  readonly #sureScore: number;
  readonly #since: number;
  readonly #minutes = new Minutes<LookedMinute>(createCounts);
  #last: LastSeen = {};

  /** `now`: milliseconds since 1970-01-01 UTC. Boxes below `sureScore` only help to hold on to a track. */
  constructor(now: () => number, sureScore: number) {
    this.#now = now;
    this.#sureScore = sureScore;
    this.#since = now();
  }

  /** The detector looked at a frame, and the tracker at what it found. */
  looked(
    capturedAt: number,
    detections: readonly Detection[],
    tracks: readonly Track[],
    costMs: number,
  ): void {
    const counts = this.#minutes.at(this.#now());
    const sure = detections.filter(({ score }) => score >= this.#sureScore);
    counts.inferred++;
    counts.detections += sure.length;
    counts.costMs += costMs;
    const [surest] = sure.sort((a, b) => b.score - a.score);
    const latest = latestOf(tracks);
    this.#last = {
      ...this.#last,
      lookedAt: Math.round(this.#now()),
      ...(surest ? { lastDetection: { at: Math.round(capturedAt), ...surest } } : {}),
      ...(latest ? { lastTrack: toLastTrack(latest) } : {}),
    };
  }

  /** A look at the very picture that was looked at last was spared. */
  repeated(): void {
    this.#last = { ...this.#last, lookedAt: Math.round(this.#now()) };
  }

  dropped(reason: DropReason): void {
    this.#minutes.at(this.#now()).dropped[reason]++;
  }

  record(): LookRecord {
    return { last: this.#last, since: this.#since, minutes: this.#minutes.last(this.#now()) };
  }
}

/** The one seen last; of several the believed one, then the one that is there longest. */
const latestOf = (tracks: readonly Track[]): Track | undefined =>
  [...tracks].sort(
    (a, b) =>
      b.seenAt - a.seenAt || Number(b.isConfirmed) - Number(a.isConfirmed) || a.startedAt - b.startedAt,
  )[0];

const toLastTrack = ({ label, startedAt, seenAt, isConfirmed, stillMs }: Track) => ({
  label,
  startedAt: Math.round(startedAt),
  seenAt: Math.round(seenAt),
  isConfirmed,
  stillMs: Math.round(stillMs),
});

const createCounts = (): LookedMinute => ({
  inferred: 0,
  detections: 0,
  costMs: 0,
  dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
});
