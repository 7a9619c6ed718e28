import type { Box } from '../../core/schema/geometry.ts';
import type { Track } from '../../core/stages.ts';
import { boxIou } from '../track/box.ts';

/** Tells which tracks have come from elsewhere than where they are. Remembers living tracks alone. */
export class Arrivals {
  #origins = new Map<string, Box>();

  /** Those that no longer touch the box in which they were first seen. */
  among(tracks: readonly Track[]): Track[] {
    this.#origins = new Map(tracks.map(({ trackId, box }) => [trackId, this.#origins.get(trackId) ?? box]));
    return tracks.filter(({ trackId, box }) => boxIou(this.#origins.get(trackId) ?? box, box) === 0);
  }
}
