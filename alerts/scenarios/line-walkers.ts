import type { Label } from '../../core/schema/label.ts';
import type { LineCrossing, Track } from '../../core/stages.ts';
import { type Followed, Follower } from './follower.ts';
import { footPoint } from './geometry.ts';
import { lineDistance, netCrossings, type Polyline } from './line-geometry.ts';
import type { Scene } from './scene.ts';

/** One object went over the line, once. */
export interface Crossing extends Pick<LineCrossing, 'label' | 'direction'> {
  /** When its foot point was first seen beyond the line, on the scene's time line. */
  at: number;
  track: Track;
}

/** Where somebody went between two sightings further apart than this nobody knows: perhaps round the line's end. */
const longestGapMs = 3000;
/** Nearer to the line than this share of its own height a foot point trembles to and fro over it. */
const trembleShare = 0.15;
/** Bounds of the same in heights of the picture: a few pixels at least, and no more than a large vehicle's wheels do. */
const leastTremble = 0.006;
const mostTremble = 0.03;
/** A thing that has stood still for this long needs no watching frame by frame. */
const restMs = 10_000;
/** Box sizes a second below which nothing goes anywhere. */
const walkingSpeed = 0.3;

interface Walk {
  /** It was once clear of the line, so that there is a side it came from. */
  hasSide: boolean;
  /** Crossings since it was last clear of the line: 0 or less when it came back, whatever it did in between. */
  net: number;
  crossedAt: number;
}

/**
 * Tells who crosses a line. Somebody has crossed once he was clear of it on one side and is clear of it on the other;
 * what his foot point does close to it is nothing yet.
 */
export class LineWalkers {
  readonly #line: Polyline;
  readonly #follower: Follower<Walk>;
  #seen: readonly Followed<Walk>[] = [];

  constructor(labels: Iterable<Label>, line: Polyline) {
    this.#line = line;
    this.#follower = new Follower(labels, longestGapMs, () => ({ hasSide: false, net: 0, crossedAt: 0 }));
  }

  /** Gives those who have crossed as of this look. */
  look(scene: Scene): Crossing[] {
    const seen = this.#follower.look(scene);
    this.#seen = seen.map(({ object }) => object);
    return seen.flatMap(({ object, before }) => this.#step(object, before, scene.now) ?? []);
  }

  clear(): void {
    this.#follower.clear();
    this.#seen = [];
  }

  /** Whether anybody in the picture may be on the way to the line. */
  get areMoving(): boolean {
    return this.#seen.some(({ track }) => !track.isConfirmed || track.stillMs < restMs);
  }

  get isAnybodyHere(): boolean {
    return this.#seen.some(({ track }) => track.isConfirmed);
  }

  /** Milliseconds until the next could be across if he went straight for it; Infinity when nobody walks. */
  get nearMs(): number {
    return Math.min(
      ...this.#seen.map(({ track: { box, speed } }) =>
        speed > walkingSpeed
          ? (1000 * (lineDistance(footPoint(box), this.#line) + trembleOf(box.h))) / (speed * box.h)
          : Number.POSITIVE_INFINITY,
      ),
    );
  }

  #step({ story, track }: Followed<Walk>, before: Track | undefined, now: number): Crossing | undefined {
    const foot = footPoint(track.box);
    const net = before ? netCrossings(footPoint(before.box), foot, this.#line) : 0;
    if (net !== 0 && story.net === 0) story.crossedAt = now;
    story.net += net;
    if (lineDistance(foot, this.#line) <= trembleOf(track.box.h)) return undefined;
    // What is not believed yet may be nothing; what it did counts once it is.
    if (story.hasSide && story.net !== 0 && !track.isConfirmed) return undefined;
    const direction = story.net > 0 ? 'forward' : 'backward';
    const hasCrossed = story.hasSide && story.net !== 0;
    story.hasSide = true;
    story.net = 0;
    return hasCrossed ? { label: track.label, direction, at: story.crossedAt, track } : undefined;
  }
}

const trembleOf = (height: number): number =>
  Math.min(mostTremble, Math.max(leastTremble, height * trembleShare));
