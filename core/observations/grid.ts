import type { Box } from '../schema/geometry.ts';
import type { ObservedFrame, Track } from '../stages.ts';

/**
 * Steps of a box's numbers in the picture's width and height: a twentieth of a pixel of the detector's input, a hundredth
 * of what boxes tremble.
 */
export const boxSteps = 8192;
export const scoreSteps = 255;
/** Steps of a speed of one box a second. */
export const speedSteps = 32;

/** A tracker's guess may reach beyond the picture, but not further than this many pictures. */
const furthest = 8;
const fastest = 1000;
const mostHits = 2 ** 31;
const longestMs = 2 ** 40;
/** Of time stamps, so that differences of differences are still whole numbers to a computer. */
const latest = 2 ** 49;
/** Stream time counts from 1970 with us; these microseconds last until 2112. */
const latestUs = 2 ** 52;
const earliestUs = -(2 ** 50);

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const onGrid = (value: number, steps: number): number =>
  Math.round(clamp(value, -furthest, furthest) * steps) / steps + 0; // there is no -0 in what is stored

/** A box that is not sound stays unsound, and one that is stays sound. */
const boxOnGrid = ({ x, y, w, h }: Box): Box => {
  if (!Number.isFinite(x + y + w + h)) return { x: 0, y: 0, w: 0, h: 0 };
  const size = (side: number) => (side > 0 ? Math.max(1 / boxSteps, onGrid(side, boxSteps)) : 0);
  return { x: onGrid(x, boxSteps), y: onGrid(y, boxSteps), w: size(w), h: size(h) };
};

const wholeMs = (value: number): number =>
  Number.isFinite(value) ? clamp(Math.round(value), -latest, latest) + 0 : 0;

const trackOnGrid = (track: Track): Track => ({
  trackId: track.trackId,
  label: track.label,
  score: Number.isFinite(track.score) ? Math.round(clamp(track.score, 0, 1) * scoreSteps) / scoreSteps : 0,
  box: boxOnGrid(track.box),
  startedAt: wholeMs(track.startedAt),
  seenAt: wholeMs(track.seenAt),
  hits: clamp(Math.round(track.hits), 0, mostHits),
  isConfirmed: track.isConfirmed,
  isSeenNow: track.isSeenNow,
  stoodAtStart: track.stoodAtStart,
  stillMs: clamp(wholeMs(track.stillMs), 0, longestMs),
  speed: Number.isFinite(track.speed)
    ? Math.round(clamp(track.speed, 0, fastest) * speedSteps) / speedSteps
    : 0,
});

const isStorable = (at: number): boolean => Math.abs(at) <= latest; // false for what is no number

/**
 * The frame with every number as it can be stored: what is kept of it is then all that scenarios saw of it. Nothing
 * when its times are such as no frame can have.
 */
export const toGrid = <Frame extends ObservedFrame>(frame: Frame): Frame | undefined => {
  const { capturedAt, receivedAt, ptsUs } = frame;
  if (!isStorable(capturedAt) || !isStorable(receivedAt)) return undefined;
  if (!(ptsUs >= earliestUs && ptsUs <= latestUs)) return undefined;
  return {
    ...frame,
    capturedAt: wholeMs(capturedAt),
    receivedAt: wholeMs(receivedAt),
    ptsUs: Math.round(ptsUs) + 0,
    tracks: frame.tracks.map(trackOnGrid),
  };
};
