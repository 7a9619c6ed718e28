/** What a player does about being behind the newest picture that it has. */
export interface CatchUp {
  rate: number;
  /** Media time to go to at once. */
  seekTo?: number;
}

/** Network jitter on a village's line; less of it makes the picture falter. */
const aimSeconds = 0.2;
const hurrySeconds = 0.4;
const jumpSeconds = 1;
/** Nobody sees it, and it takes a fifth of a second off in two. */
const hurryRate = 1.1;

/**
 * Quicker when a little behind, a jump when a second or more. `rate`: as it is now. While `isJumping` it does not jump
 * again: on a busy machine a jump takes longer than what is jumped over, and one upon the other would show nothing at all.
 */
export const catchUp = (shownAt: number, newestAt: number, rate: number, isJumping = false): CatchUp => {
  if (isJumping) return { rate };
  const behind = newestAt - shownAt;
  if (behind >= jumpSeconds || behind < -hurrySeconds) return { rate: 1, seekTo: newestAt - aimSeconds };
  if (behind > hurrySeconds) return { rate: hurryRate };
  if (behind > aimSeconds) return { rate };
  return { rate: 1 };
};
