import type { Label } from '../../core/schema/label.ts';

/** One box as a model gives it, in pixels of the model's input, before suppression. */
export interface Candidate {
  label: Label;
  score: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Decoded {
  candidates: Candidate[];
  /** Boxes thrown away because a number in them was not finite. */
  discarded: number;
}

/** Reads a model's output tensors, in the order of its card. */
export type Decode = (tensors: readonly Float32Array[]) => Decoded;

/**
 * Below this a box is noise. It stands well under any score that starts a track: the tracker's second
 * association uses weak boxes to keep hold of what is half hidden (ByteTrack, arXiv 2110.06864, uses 0.1 too).
 */
export const scoreFloor = 0.1;

const isFiniteBox = ({ left, top, right, bottom, score }: Candidate): boolean =>
  Number.isFinite(left + top + right + bottom + score);

/** Keeps a candidate, or counts it when it is not a box at all. */
export const keep = (decoded: Decoded, candidate: Candidate): void => {
  if (isFiniteBox(candidate)) decoded.candidates.push(candidate);
  else decoded.discarded += 1;
};
