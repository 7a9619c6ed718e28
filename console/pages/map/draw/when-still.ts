export interface WhenStill {
  /** Asks for the work; however often, it is done once. */
  request(): void;
  /** Somebody begins or ends to move what the work would hold up. */
  moving(isMoving: boolean): void;
  close(): void;
}

/** So much of the time is left to everything else. */
const restShare = 9;
/** What is wanted for so long is done although something moves. */
const mostMs = 4000;

/** Costly work, done when nothing moves, and the costlier it was the more seldom. */
export const whenStill = (work: () => void): WhenStill => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wantedSince: number | undefined;
  let isMoving = false;
  let last = { endedAt: Number.NEGATIVE_INFINITY, tookMs: 0 };
  const run = (): void => {
    timer = undefined;
    wantedSince = undefined;
    const beganAt = performance.now();
    work();
    const endedAt = performance.now();
    last = { endedAt, tookMs: endedAt - beganAt };
  };
  const plan = (): void => {
    clearTimeout(timer);
    if (wantedSince === undefined) return;
    const now = performance.now();
    const rested = last.endedAt + last.tookMs * restShare;
    const at = isMoving ? Math.max(rested, wantedSince + mostMs) : rested;
    timer = setTimeout(run, Math.max(0, at - now));
  };
  return {
    request: () => {
      if (wantedSince !== undefined) return;
      wantedSince = performance.now();
      plan();
    },
    moving: (now) => {
      isMoving = now;
      plan();
    },
    close: () => clearTimeout(timer),
  };
};
