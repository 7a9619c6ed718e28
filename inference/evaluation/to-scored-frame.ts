import { matchBoxes } from './match-boxes.ts';
import type { TruthFrame } from './mot-truth.ts';
import type { Placed, ScoredFrame } from './scored-frame.ts';

/**
 * Sets what was said of a frame beside its truth. A said box that belongs to an ignored object is taken out, for
 * nobody can say whether it is right; which belongs to which is decided together with the counted objects.
 */
export const toScoredFrame = ({ counted, ignored }: TruthFrame, said: readonly Placed[]): ScoredFrame => {
  const isIgnored = new Set(ignored);
  const taken = new Set(
    matchBoxes([...counted, ...ignored], said)
      .filter(([real]) => isIgnored.has(real))
      .map(([, found]) => found),
  );
  return { truth: counted, said: said.filter((placed) => !taken.has(placed)) };
};
