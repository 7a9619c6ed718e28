import { type ClearMot, scoreClearMot } from './clear-mot.ts';
import { type Hota, scoreHota } from './hota.ts';
import { type Identity, scoreIdentity } from './identity.ts';
import type { ScoredFrame } from './scored-frame.ts';

export type TrackingScore = ClearMot & Identity & Hota;

/** Scores the tracks of a sequence in every way that is usual. */
export const scoreTracking = (frames: readonly ScoredFrame[]): TrackingScore => ({
  ...scoreClearMot(frames),
  ...scoreIdentity(frames),
  ...scoreHota(frames),
});
