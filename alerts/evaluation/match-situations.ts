import type { FoundSituation, SituationMatches, TrueSituation } from './situation.ts';

type Span = Pick<TrueSituation, 'startedMs' | 'endedMs'>;

const isOverlap = (a: Span, b: Span, toleranceMs: number): boolean =>
  a.startedMs <= b.endedMs + toleranceMs && b.startedMs <= a.endedMs + toleranceMs;

const byStart = (a: Span, b: Span): number => a.startedMs - b.startedMs || a.endedMs - b.endedMs;

/**
 * Pairs alerts of one scenario with its true situations: each with one at most, an alert only with a situation whose
 * span its own overlaps or misses by `toleranceMs` at most, and as many pairs as there can be.
 */
export const matchSituations = (
  truths: readonly TrueSituation[],
  alerts: readonly FoundSituation[],
  toleranceMs: number,
): SituationMatches => {
  const sortedTruths = [...truths].sort(byStart);
  const sortedAlerts = [...alerts].sort(byStart);
  const alertOf = pairUp(sortedTruths.length, (truth) =>
    sortedAlerts.flatMap((alert, index) => {
      const situation = sortedTruths[truth];
      return situation && isOverlap(situation, alert, toleranceMs) ? [index] : [];
    }),
  );
  const pairs = sortedTruths.flatMap((truth, index) => {
    const alert = sortedAlerts[alertOf.get(index) ?? -1];
    return alert ? [[truth, alert] as const] : [];
  });
  const paired = new Set(alertOf.values());
  const others = sortedAlerts.filter((_, index) => !paired.has(index));
  const isRepeat = (alert: Span): boolean =>
    sortedTruths.some((truth) => isOverlap(truth, alert, toleranceMs));
  return {
    pairs,
    missed: sortedTruths.filter((_, index) => !alertOf.has(index)),
    repeats: others.filter(isRepeat),
    falseAlerts: others.filter((alert) => !isRepeat(alert)),
  };
};

/** The largest one-to-one pairing (Kuhn 1955, by augmenting paths); earlier ones choose first. */
const pairUp = (
  count: number,
  choicesOf: (left: number) => readonly number[],
): ReadonlyMap<number, number> => {
  const leftOf = new Map<number, number>();
  const seat = (left: number, tried: Set<number>): boolean =>
    choicesOf(left).some((right) => {
      if (tried.has(right)) return false;
      tried.add(right);
      const other = leftOf.get(right);
      if (other !== undefined && !seat(other, tried)) return false;
      leftOf.set(right, left);
      return true;
    });
  for (let left = 0; left < count; left++) seat(left, new Set());
  return new Map([...leftOf].map(([right, left]) => [left, right]));
};
