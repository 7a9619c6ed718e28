import type { Track } from '../../core/stages.ts';

/** Between two looks nothing moves by more than this share of its own box: further, and boxes do not touch. */
const ownSizes = 1;
/** Whatever the motion, no more frames a second than this unless the site's own rate is higher. */
const maxFps = 10;
/** When nothing moves. */
const restFps = 1;
/** What has been in its place for this long stands, unless it is just setting off. */
const restsAfterMs = 3_000;
/** Box sizes a second that the trembling box of a standing object does not show; a third of a walker's. */
const settingOffSpeed = 0.5;

const rests = ({ isConfirmed, stillMs, speed }: Track): boolean =>
  isConfirmed && stillMs >= restsAfterMs && speed <= settingOffSpeed;

/**
 * How many frames a second a camera's tracks want, around the site's `nominalFps`: that while anything walks, or is so
 * new that it is not believed yet; more for what is faster; one when all of them stand, or there are none.
 */
export const toLookRate = (tracks: readonly Track[], nominalFps: number): number => {
  const moving = tracks.filter((track) => !rests(track));
  if (moving.length === 0) return Math.min(restFps, nominalFps);
  // A speed guessed from a single box is none.
  const speeds = moving.filter(({ isConfirmed, speed }) => isConfirmed && Number.isFinite(speed));
  const fastest = Math.max(0, ...speeds.map(({ speed }) => speed));
  return Math.min(Math.max(nominalFps, fastest / ownSizes), Math.max(maxFps, nominalFps));
};
