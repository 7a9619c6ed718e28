/** Milliseconds of each unit in which a duration is written. */
export const durationUnitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export type DurationUnit = keyof typeof durationUnitMs;
