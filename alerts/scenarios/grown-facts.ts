import type { AlertFacts } from '../../core/schema/alert.ts';

/** A count that has grown by less than this is not worth a word: of few by three, of many by a quarter. */
const leastGrowth = 3;
const growthShare = 1.25;
/** Dwell is told when it passes twice, four and eight times its limit. */
const maxDoublings = 3;

/** What is worth telling of facts that have grown since they were told; nothing when that is too little. */
export const grownFacts = (told: AlertFacts, now: AlertFacts): AlertFacts | undefined => {
  const facts = { ...now, ...peaks(told, now) };
  const hasMore = now.count !== undefined && now.count >= nextCount(told.count ?? 0);
  return hasMore || doublings(facts) > doublings(told) ? facts : undefined;
};

/** Neither falls while a situation goes on: a count that comes and goes is told once. */
const peaks = (told: AlertFacts, now: AlertFacts): Pick<AlertFacts, 'dwellMs' | 'count'> => ({
  dwellMs: Math.max(told.dwellMs, now.dwellMs),
  ...(now.count === undefined ? {} : { count: Math.max(told.count ?? 0, now.count) }),
});

const nextCount = (count: number): number => Math.max(count + leastGrowth, Math.ceil(count * growthShare));

const doublings = ({ dwellMs, limitDwellMs }: AlertFacts): number => {
  if (limitDwellMs <= 0 || dwellMs < limitDwellMs) return 0;
  return Math.min(maxDoublings, Math.floor(Math.log2(dwellMs / limitDwellMs)));
};
