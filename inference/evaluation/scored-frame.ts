import type { Box } from '../../core/schema/geometry.ts';

/** Where one object is in one frame. The id says which object, over all frames. */
export interface Placed {
  id: string;
  box: Box;
}

/** One frame of a sequence: where objects truly are, and where they were said to be. Ids of the two are unrelated. */
export interface ScoredFrame {
  truth: readonly Placed[];
  said: readonly Placed[];
}
