import { assign } from '../track/assignment.ts';
import { boxIou } from '../track/box.ts';
import { countIds, PairCounts, sumOf } from './pair-counts.ts';
import type { ScoredFrame } from './scored-frame.ts';

/** Higher order tracking accuracy: the mean over the localisation thresholds, as are its two parts. */
export interface Hota {
  hota: number;
  /** Detection accuracy: matches as a share of all true and said boxes. */
  detA: number;
  /** Association accuracy: for how much of both their lives the two objects of a match belong together. */
  assA: number;
}

/** The localisation thresholds: 0.05, 0.10 … 0.95. */
const alphas = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);
/** An overlap equal to a threshold reaches it, whatever the last bit of the division says. */
const rounding = 1e-12;

interface Match {
  truthId: string;
  saidId: string;
  iou: number;
}

interface Lives {
  truth: ReadonlyMap<string, number>;
  said: ReadonlyMap<string, number>;
}

/** Overlaps of each true box with each said one. */
const iousOf = ({ truth, said }: ScoredFrame): number[][] =>
  truth.map((real) => said.map((found) => boxIou(real.box, found.box)));

/**
 * Scores a sequence by HOTA (Luiten et al., "HOTA: a higher order metric for evaluating multi-object tracking", 2021).
 * Boxes are paired once in each frame at the greatest sum of overlap times how well the two objects go together over
 * the whole sequence; at each threshold those pairs that overlap enough are its matches.
 */
export const scoreHota = (frames: readonly ScoredFrame[]): Hota => {
  const lives: Lives = {
    truth: countIds(frames.map(({ truth }) => truth)),
    said: countIds(frames.map(({ said }) => said)),
  };
  const likeness = toLikeness(frames, lives);
  const matches = frames.flatMap((frame) => matchFrame(frame, likeness));
  const boxes = sumOf(lives.truth.values()) + sumOf(lives.said.values());
  const scores = alphas.map((alpha) => {
    const close = matches.filter(({ iou }) => iou >= alpha - rounding);
    const detA = boxes > 0 ? close.length / (boxes - close.length) : Number.NaN;
    const assA = toAssociation(close, lives);
    return { hota: Math.sqrt(detA * assA), detA, assA };
  });
  const meanOf = (part: keyof Hota): number => sumOf(scores.map((score) => score[part])) / alphas.length;
  return { hota: meanOf('hota'), detA: meanOf('detA'), assA: meanOf('assA') };
};

type Likeness = (truthId: string, saidId: string) => number;

/** How well two objects go together over the whole sequence: soft overlap of their lives, from 0 to 1. */
const toLikeness = (frames: readonly ScoredFrame[], lives: Lives): Likeness => {
  const together = new PairCounts();
  for (const frame of frames) {
    const ious = iousOf(frame);
    const rowSums = ious.map(sumOf);
    const columnSums = frame.said.map((_, column) => sumOf(ious.map((row) => row[column] ?? 0)));
    for (const [row, real] of frame.truth.entries()) {
      for (const [column, found] of frame.said.entries()) {
        const iou = ious[row]?.[column] ?? 0;
        const all = (rowSums[row] ?? 0) + (columnSums[column] ?? 0) - iou;
        if (iou > 0) together.add(real.id, found.id, iou / all);
      }
    }
  }
  return (truthId, saidId) => {
    const both = together.of(truthId, saidId);
    return both / ((lives.truth.get(truthId) ?? 0) + (lives.said.get(saidId) ?? 0) - both);
  };
};

const matchFrame = (frame: ScoredFrame, likeness: Likeness): Match[] => {
  const { truth, said } = frame;
  const ious = iousOf(frame);
  const worth = truth.map((real, row) =>
    said.map((found, column) => (ious[row]?.[column] ?? 0) * likeness(real.id, found.id)),
  );
  const pairs = assign(truth.length, said.length, (row, column) => worth[row]?.[column] ?? 0);
  return pairs.map(([row, column]) => ({
    truthId: truth[row]?.id ?? '',
    saidId: said[column]?.id ?? '',
    iou: ious[row]?.[column] ?? 0,
  }));
};

/** The mean over all matches of the share of both objects' lives in which they are matched with one another. */
const toAssociation = (matches: readonly Match[], lives: Lives): number => {
  if (matches.length === 0) return 0;
  const together = new PairCounts();
  for (const { truthId, saidId } of matches) together.add(truthId, saidId, 1);
  let sum = 0;
  for (const [truthId, saidId, count] of together) {
    const lifetimes = (lives.truth.get(truthId) ?? 0) + (lives.said.get(saidId) ?? 0);
    sum += (count * count) / (lifetimes - count);
  }
  return sum / matches.length;
};
