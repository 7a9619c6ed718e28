import type { Box, Point } from '../../core/schema/geometry.ts';
import { footPoint } from './geometry.ts';
import { alongOf, directionNear, movementOf, type Polyline } from './line-geometry.ts';
import { Trail } from './trail.ts';

/**
 * A vehicle that takes longer than this for its path backs slowly, into a parking place or up to a gate; one that
 * drives the wrong way has crossed most of the picture by then.
 */
const keptMs = 10_000;

export interface AgainstLane {
  /** Heights of the picture; negative while it has only gone the right way. */
  path: number;
  /** When it turned against the lane, on the scene's time line. */
  since: number;
}

/** Where one vehicle was lately, and how far that was against its lane. */
export class LaneTrail {
  readonly #lane: Polyline;
  readonly #trail = new Trail(keptMs);

  constructor(lane: Polyline) {
    this.#lane = lane;
  }

  /** It is here now. Gives how far against the lane it came from the place where it turned. */
  add(now: number, box: Box): AgainstLane {
    this.#trail.add(now, box);
    let farthest: AgainstLane = { path: 0, since: now };
    for (const { at, box: then } of this.#trail.since(now - keptMs)) {
      const path = this.#against(then, box);
      if (path > farthest.path) farthest = { path, since: at };
    }
    return farthest;
  }

  clear(): void {
    this.#trail.clear();
  }

  /**
   * The lane's direction is that of its part nearest to where the way began, to where it ends and to its middle; in
   * a bend they differ, and only what goes against all three goes against the lane.
   */
  #against(before: Box, after: Box): number {
    const movement = movementOf(before, after);
    const [a, b] = [footPoint(before), footPoint(after)];
    const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    return Math.min(...[a, middle, b].map((point) => -alongOf(movement, directionNear(point, this.#lane))));
  }
}
