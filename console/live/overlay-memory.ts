import type { LiveTracks } from '../../core/live/overlay.ts';
import type { Box } from '../../core/schema/geometry.ts';

export type OverlayTrack = LiveTracks['tracks'][number];

/** One object at the time of a picture, and where it was before. */
export interface ShownTrack extends Omit<OverlayTrack, 'isSeen'> {
  /** Foot points, oldest first. */
  tail: readonly (readonly [number, number])[];
}

/** Ten times a second for ten seconds. */
const maxKept = 100;
/** How far a box is carried on beyond the last picture in which it was found: the detector is that late at most. */
const carriedSeconds = 0.8;
const tailSeconds = 4;

/** What was found in the last seconds of a camera, to be asked for the picture that is shown. */
export class OverlayMemory {
  #told: LiveTracks[] = [];

  /** How many pictures are remembered. */
  get size(): number {
    return this.#told.length;
  }

  put(told: LiveTracks): void {
    if (told.mediaSeconds <= (this.#told.at(-1)?.mediaSeconds ?? Number.NEGATIVE_INFINITY)) return;
    this.#told.push(told);
    if (this.#told.length > maxKept) this.#told.shift();
  }

  clear(): void {
    this.#told = [];
  }

  /** What is in the picture at that media time: between two analysed pictures on the way from one to the other. */
  at(mediaSeconds: number): ShownTrack[] {
    const next = this.#told.findIndex((told) => told.mediaSeconds > mediaSeconds);
    const before = next === -1 ? this.#told.length - 1 : next - 1;
    const [earlier, last, later] = [before - 1, before, before + 1].map((index) => this.#told[index]);
    if (!last || mediaSeconds - last.mediaSeconds > carriedSeconds) return [];
    return last.tracks.map(({ isSeen: _, ...track }) => {
      const other = find(later, track.id) ?? find(earlier, track.id);
      const box = other ? between({ at: last.mediaSeconds, box: track.box }, other, mediaSeconds) : track.box;
      return { ...track, box, tail: this.#tail(track.id, mediaSeconds) };
    });
  }

  #tail(id: string, mediaSeconds: number): [number, number][] {
    return this.#told
      .filter((told) => told.mediaSeconds <= mediaSeconds && told.mediaSeconds > mediaSeconds - tailSeconds)
      .flatMap((told) => {
        const box = find(told, id)?.box;
        return box ? [[box.x + box.w / 2, box.y + box.h] as [number, number]] : [];
      });
  }
}

interface Placed {
  at: number;
  box: Box;
}

const find = (told: LiveTracks | undefined, id: string): Placed | undefined => {
  const box = told?.tracks.find((track) => track.id === id)?.box;
  return told && box ? { at: told.mediaSeconds, box } : undefined;
};

/** On the straight way through both, also beyond them. */
const between = (one: Placed, other: Placed, at: number): Box => {
  const share = (at - one.at) / (other.at - one.at);
  const mix = (from: number, to: number): number => from + (to - from) * share;
  const { box } = one;
  return {
    x: mix(box.x, other.box.x),
    y: mix(box.y, other.box.y),
    w: Math.max(0, mix(box.w, other.box.w)),
    h: Math.max(0, mix(box.h, other.box.h)),
  };
};
