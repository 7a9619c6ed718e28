import { assign } from '../track/assignment.ts';
import { boxIou } from '../track/box.ts';
import type { Placed } from './scored-frame.ts';

/** A box that overlaps the true one by this much has found it; the threshold of MOTChallenge (arXiv 1603.00831). */
export const leastIou = 0.5;

/** Pairs true and said boxes that overlap by `leastIou` or more, so that the overlaps' sum is greatest. */
export const matchBoxes = (truth: readonly Placed[], said: readonly Placed[]): [Placed, Placed][] => {
  const ious = truth.map((real) => said.map(({ box }) => boxIou(real.box, box)));
  const iouOf = (row: number, column: number): number => {
    const iou = ious[row]?.[column] ?? 0;
    return iou >= leastIou ? iou : 0;
  };
  return assign(truth.length, said.length, iouOf).flatMap(([row, column]): [Placed, Placed][] => {
    const [real, found] = [truth[row], said[column]];
    return real && found ? [[real, found]] : [];
  });
};
