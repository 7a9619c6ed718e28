import type { Label } from '../schema/label.ts';

/** What both sides remember of a track from the look before: only what is not as expected is written. */
export interface TrackMemory {
  trackId: string;
  label: Label;
  startedAt: number;
  seenAt: number;
  hits: number;
  stillMs: number;
  /** In steps of the grid. */
  x: number;
  y: number;
  w: number;
  h: number;
  score: number;
}

export const rememberNew = (trackId: string, label: Label, startedAt: number, at: number): TrackMemory => ({
  trackId,
  label,
  startedAt,
  seenAt: at,
  hits: 0,
  stillMs: 0,
  x: 0,
  y: 0,
  w: 0,
  h: 0,
  score: 0,
});

/** Bits of a track's flags. */
export const flag = {
  confirmed: 1,
  seenNow: 2,
  stoodAtStart: 4,
  newLabel: 8,
  oddHits: 16,
  oddStill: 32,
  oddSeen: 64,
} as const;

export const expectedHits = ({ hits }: TrackMemory, isSeenNow: boolean): number => hits + (isSeenNow ? 1 : 0);

export const expectedSeenAt = ({ seenAt }: TrackMemory, isSeenNow: boolean, capturedAt: number): number =>
  isSeenNow ? capturedAt : seenAt;

/** What stands goes on standing from one sighting to the next. */
export const expectedStill = ({ stillMs, seenAt }: TrackMemory, isSeenNow: boolean, now: number): number =>
  stillMs > 0 && isSeenNow ? stillMs + now - seenAt : stillMs;

/** Of an op's byte: what it is, and of a look its bits. */
export const op = { look: 0, interrupt: 1, kind: 3, arrival: 4, ticked: 8 } as const;

/** First byte of every chunk. */
export const codingVersion = 1;

/** The stamps of the look before. */
export interface TimeMemory {
  capturedAt: number;
  receivedAt: number;
  ptsUs: number;
  tickedAt: number;
}

export const noTimes = (): TimeMemory => ({ capturedAt: 0, receivedAt: 0, ptsUs: 0, tickedAt: 0 });

/** Beyond this a step of capture time says nothing of the step of stream time. */
const longestStepMs = 2 ** 31;

/** Stream time usually goes on as capture time does. */
export const expectedStepUs = (stepMs: number): number =>
  Math.abs(stepMs) <= longestStepMs ? stepMs * 1000 : 0;
