import { ticksPerSecond } from '../../mp4/movie.ts';

export interface ClipTime {
  /** Ticks. The first picture shown is at 0. */
  pts: number;
  /** Ticks. Strictly growing, never after `pts`; below 0 at the start when pictures are reordered. */
  dts: number;
  duration: number;
}

/** When nothing tells how long the last picture is shown: a frame at 25 a second. */
const defaultDuration = ticksPerSecond / 25;

/** No two pictures at one moment: the later received of equals moves on by a tick. */
const toDistinctTicks = (ptsUs: readonly number[]): number[] => {
  const first = Math.min(...ptsUs);
  const order = ptsUs.map((_, index) => index).sort((a, b) => (ptsUs[a] ?? 0) - (ptsUs[b] ?? 0) || a - b);
  const ticks = new Array<number>(ptsUs.length).fill(0);
  let earliest = 0;
  for (const index of order) {
    const tick = Math.round((((ptsUs[index] ?? 0) - first) * ticksPerSecond) / 1e6);
    ticks[index] = Math.max(tick, earliest);
    earliest = Math.max(tick, earliest) + 1;
  }
  return ticks;
};

/**
 * Times for the packets of a clip, given in decoding order by their presentation times. Decoding times are made
 * anew, because cameras leave them out or let them jump: the n-th packet is decoded when the n-th picture is shown,
 * all of them earlier by as much as reordering needs.
 */
export const toClipTimes = (ptsUs: readonly number[]): ClipTime[] => {
  const pts = toDistinctTicks(ptsUs);
  const shown = [...pts].sort((a, b) => a - b);
  const delay = pts.reduce((most, tick, index) => Math.max(most, (shown[index] ?? 0) - tick), 0);
  return pts.map((tick, index) => {
    const own = shown[index] ?? 0;
    const before = shown[index - 1];
    const next = shown[index + 1] ?? (before === undefined ? own + defaultDuration : 2 * own - before);
    return { pts: tick, dts: own - delay, duration: next - own };
  });
};
