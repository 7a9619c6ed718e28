import type { Label } from '../../core/schema/label.ts';
import type { Track } from '../../core/stages.ts';
import { boxIou, footPoint } from './geometry.ts';
import { pointDistance } from './line-geometry.ts';
import type { Scene } from './scene.ts';

/** Something that is followed over short misses and changes of its track's id, with what is told of it. */
export interface Followed<Story> {
  /** As it was seen last. */
  track: Track;
  seenAt: number;
  readonly story: Story;
}

/** How much of a lost object's box a new track must cover to be the same object, if it is not where it was going. */
const sameIou = 0.3;
/** How far a new track may be from where a lost object was, or was going, in heights of the box. */
const sameReach = 0.6;
/** What is added to that for each second that it was lost: half of a walker's pace, for he may have turned. */
const reachPerSecond = 0.4;
/** Share of the latest step in the pace: boxes tremble. */
const latestShare = 0.5;
/** Above what a tracker follows in one picture; of more, those seen longest ago are forgotten. */
const maxFollowed = 512;

interface Entry<Story> extends Followed<Story> {
  /** Shares of the picture a millisecond. */
  pace: readonly [number, number];
  /** It was seen twice. */
  isPaced: boolean;
}

/** Follows everything of some labels in the picture, believed or not: what is believed later has been there before. */
export class Follower<Story> {
  readonly #labels: ReadonlySet<Label>;
  readonly #lostMs: number;
  readonly #begin: () => Story;
  #entries: Entry<Story>[] = [];

  /** `lostMs`: what was not seen for longer is another object. */
  constructor(labels: Iterable<Label>, lostMs: number, begin: () => Story) {
    this.#labels = new Set(labels);
    this.#lostMs = lostMs;
    this.#begin = begin;
  }

  /** Gives those that are seen in this look, each with its track of the look before, if there was one. */
  look(scene: Scene): readonly { object: Followed<Story>; before: Track | undefined }[] {
    if (scene.isBroken) this.clear();
    this.#entries = this.#entries.filter(({ seenAt }) => scene.now - seenAt <= this.#lostMs);
    const lost = new Map(this.#entries.map((entry) => [entry.track.trackId, entry]));
    const seen: { object: Entry<Story>; before: Track | undefined }[] = [];
    const strangers: Track[] = [];
    for (const track of scene.tracks.filter(({ label }) => this.#labels.has(label))) {
      const known = lost.get(track.trackId);
      if (!known) strangers.push(track);
      else {
        lost.delete(track.trackId);
        seen.push({ object: known, before: refresh(known, track, scene.now) });
      }
    }
    for (const track of strangers) {
      const same = findSame(lost.values(), track, scene.now);
      if (same) {
        lost.delete(same.track.trackId);
        seen.push({ object: same, before: refresh(same, track, scene.now) });
      } else {
        const object = {
          track,
          seenAt: scene.now,
          story: this.#begin(),
          pace: [0, 0] as const,
          isPaced: false,
        };
        this.#entries = [...this.#entries, object].slice(-maxFollowed);
        seen.push({ object, before: undefined });
      }
    }
    return seen;
  }

  clear(): void {
    this.#entries = [];
  }
}

const refresh = <Story>(entry: Entry<Story>, track: Track, now: number): Track => {
  const before = entry.track;
  const gapMs = now - entry.seenAt;
  if (gapMs > 0) {
    const [x, y] = footPoint(before.box);
    const [nextX, nextY] = footPoint(track.box);
    const share = entry.isPaced ? latestShare : 1;
    const mix = (old: number, step: number): number => old * (1 - share) + (step / gapMs) * share;
    entry.pace = [mix(entry.pace[0], nextX - x), mix(entry.pace[1], nextY - y)];
    entry.isPaced = true;
  }
  entry.track = track;
  entry.seenAt = now;
  return before;
};

/** One track is lost and another is born where it was going: the tracker lost the thread. */
const findSame = <Story>(
  lost: Iterable<Entry<Story>>,
  track: Track,
  now: number,
): Entry<Story> | undefined => {
  const foot = footPoint(track.box);
  const near = [...lost].flatMap((entry) => {
    const { box } = entry.track;
    const [x, y] = footPoint(box);
    const gapMs = now - entry.seenAt;
    const expected = [x + entry.pace[0] * gapMs, y + entry.pace[1] * gapMs] as [number, number];
    const distance = Math.min(pointDistance(foot, [x, y]), pointDistance(foot, expected));
    const reach = sameReach + (reachPerSecond * gapMs) / 1000;
    const isNear = distance <= reach * Math.max(box.h, track.box.h);
    return isNear || boxIou(box, track.box) >= sameIou ? [{ entry, distance }] : [];
  });
  return near.sort((a, b) => a.distance - b.distance)[0]?.entry;
};
