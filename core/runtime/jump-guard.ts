import type { Clock } from './clock.ts';

export interface JumpGuardOptions {
  clock: Clock;
  /** The wall clock may move this much against the monotonic one between two looks. */
  maxJumpMs: number;
  /** For so long after a larger jump the wall clock is not believed. */
  holdMs: number;
}

/**
 * Whether what deletes by age may believe the wall clock now. A clock set a month ahead by mistake would otherwise
 * take a month's evidence with it before anybody could set it back.
 */
export const createJumpGuard = ({ clock, maxJumpMs, holdMs }: JumpGuardOptions): (() => boolean) => {
  let offset = clock.now() - clock.monotonic();
  let heldUntil = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock.now() - clock.monotonic();
    if (Math.abs(now - offset) > maxJumpMs) heldUntil = clock.monotonic() + holdMs;
    offset = now;
    return clock.monotonic() >= heldUntil;
  };
};
