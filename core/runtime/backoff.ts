export interface BackoffOptions {
  /** Ceiling of the first delay. */
  baseMs: number;
  /** No delay is longer than this. */
  maxMs: number;
  /** Uniform in [0, 1). */
  random?: () => number;
}

/**
 * Delay before attempt number `attempt` (0 is the first retry): exponential with full jitter, never below a
 * tenth of its ceiling so that a whole site does not come back within one millisecond.
 */
export const backoffDelayMs = (
  attempt: number,
  { baseMs, maxMs, random = Math.random }: BackoffOptions,
): number => {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30));
  return ceiling * (0.1 + 0.9 * random());
};
