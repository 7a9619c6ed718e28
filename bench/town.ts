import { gopFrames, reelsOf } from './footage/reels.ts';
import type { ReelRecipe, View } from './footage/view.ts';
import { type CameraPlan, fps, type PlanPart } from './simulator/timeline.ts';
import type { ViewedCamera } from './site.ts';

/** Simulated cameras with what each of them shows, and when. */
export interface Town {
  cameras: readonly ViewedCamera[];
  plans: readonly CameraPlan[];
  reels: readonly ReelRecipe[];
}

export interface TownOptions {
  views: readonly View[];
  cameras: number;
  /** From the beginning of one thing that happens to that of the next; Infinity for a town where nothing does. */
  busyEverySeconds: number;
}

/**
 * Spreads cameras over views. Each goes through all that happens in its view, beginning with another reel than its
 * neighbours and somewhere else in its round, so that about the same number of cameras is busy at any time.
 */
export const createTown = ({ views, cameras, busyEverySeconds }: TownOptions): Town => {
  const viewed = Array.from({ length: cameras }, (_, index): ViewedCamera => {
    const view = views[index % views.length];
    if (!view) throw new RangeError('a town needs views');
    return { id: `cam-${String(index + 1).padStart(3, '0')}`, view };
  });
  return {
    cameras: viewed,
    plans: viewed.map((camera, index) => toPlan(camera, index, cameras, busyEverySeconds)),
    reels: [...new Set(viewed.map(({ view }) => view))].flatMap(reelsOf),
  };
};

const toPlan = (
  { id, view }: ViewedCamera,
  index: number,
  cameras: number,
  busyEverySeconds: number,
): CameraPlan => {
  const [quiet, ...busy] = reelsOf(view);
  if (!quiet) throw new RangeError(`the view ${view.id} has no quiet reel`);
  if (!Number.isFinite(busyEverySeconds)) {
    const { id: reelId, frames } = quiet;
    return { id, parts: [{ reelId, frames }], offsetFrames: spread(index, cameras, frames) };
  }
  const gop = gopFrames(view);
  const parts = busy.flatMap((reel): PlanPart[] => {
    const rest = Math.max(gop, busyEverySeconds * fps - reel.frames);
    const frames = Math.ceil(rest / gop) * gop;
    return [
      { reelId: reel.id, frames: reel.frames },
      { reelId: quiet.id, frames },
    ];
  });
  const round = parts.reduce((sum, { frames }) => sum + frames, 0);
  return { id, parts, offsetFrames: spread(index, cameras, round) };
};

/** Even over a round, and not in the cameras' order: neighbours share views. */
const spread = (index: number, cameras: number, round: number): number =>
  Math.floor((((index * goldenShare) % 1) + index / cameras / cameras) * round) % round;

const goldenShare = (Math.sqrt(5) - 1) / 2;
