import { boxIou } from '../track/box.ts';
import { leastIou, matchBoxes } from './match-boxes.ts';
import type { Placed, ScoredFrame } from './scored-frame.ts';

/** The CLEAR MOT measures. */
export interface ClearMot {
  /** 1 − (misses + false boxes + switches) ÷ true boxes; below 0 when there are more errors than boxes. */
  mota: number;
  truthBoxes: number;
  falsePositives: number;
  falseNegatives: number;
  /** How often a true object was found under another id than when it was last found. */
  idSwitches: number;
  /** How often a true object that had been found was not, although there, and then was again. */
  fragmentations: number;
}

/** What is known of the true objects from the frames so far. */
interface Memory {
  /** Under which id each was last found, and under which in the frame just before. */
  lastId: Map<string, string>;
  heldId: Map<string, string>;
  /** Those that have been found before and were not when they were last there. */
  lost: Set<string>;
}

/**
 * Scores a sequence by CLEAR MOT (Bernardin and Stiefelhagen, "Evaluating multiple object tracking performance", 2008):
 * a pair of the frame before stays a pair while it overlaps enough, the rest is paired at greatest overlap.
 */
export const scoreClearMot = (frames: readonly ScoredFrame[]): ClearMot => {
  const memory: Memory = { lastId: new Map(), heldId: new Map(), lost: new Set() };
  const sums = { truthBoxes: 0, falsePositives: 0, falseNegatives: 0, idSwitches: 0, fragmentations: 0 };
  for (const frame of frames) {
    const pairs = pairUp(frame, memory.heldId);
    sums.truthBoxes += frame.truth.length;
    sums.falseNegatives += frame.truth.length - pairs.length;
    sums.falsePositives += frame.said.length - pairs.length;
    const { idSwitches, fragmentations } = remember(memory, frame, pairs);
    sums.idSwitches += idSwitches;
    sums.fragmentations += fragmentations;
  }
  const errors = sums.falseNegatives + sums.falsePositives + sums.idSwitches;
  return { mota: sums.truthBoxes > 0 ? 1 - errors / sums.truthBoxes : Number.NaN, ...sums };
};

const pairUp = ({ truth, said }: ScoredFrame, heldId: ReadonlyMap<string, string>): [Placed, Placed][] => {
  const kept = truth.flatMap((real): [Placed, Placed][] => {
    const found = said.find(({ id }) => id === heldId.get(real.id));
    return found && boxIou(real.box, found.box) >= leastIou ? [[real, found]] : [];
  });
  const paired = new Set(kept.flat());
  const isFree = (placed: Placed): boolean => !paired.has(placed);
  return [...kept, ...matchBoxes(truth.filter(isFree), said.filter(isFree))];
};

const remember = (memory: Memory, { truth }: ScoredFrame, pairs: readonly [Placed, Placed][]) => {
  const idOf = new Map(pairs.map(([real, found]) => [real.id, found.id]));
  let [idSwitches, fragmentations] = [0, 0];
  for (const { id } of truth) {
    const [foundId, lastId] = [idOf.get(id), memory.lastId.get(id)];
    if (foundId === undefined) {
      if (lastId !== undefined) memory.lost.add(id);
      continue;
    }
    if (lastId !== undefined && lastId !== foundId) idSwitches++;
    if (memory.lost.delete(id)) fragmentations++;
    memory.lastId.set(id, foundId);
  }
  memory.heldId = idOf;
  return { idSwitches, fragmentations };
};
