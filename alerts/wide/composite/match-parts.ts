import type { ScenarioOf } from '../../../core/schema/scenario.ts';

type Part = ScenarioOf<'composite'>['parts'][number];

/** One camera of one alert: what fills a part's places. */
export interface Candidate {
  alertId: string;
  cameraId: string;
  scenarioId: string;
  startedAt: number;
}

/**
 * The candidates, oldest first, that together make every part whole, or nothing. A part wants its number of different
 * cameras; no candidate serves two parts. When ordered, a part begins only when the one before it is whole.
 */
export const matchParts = (
  parts: readonly Part[],
  candidates: readonly Candidate[],
  isOrdered: boolean,
): Candidate[] | undefined =>
  isOrdered ? matchInOrder(parts, candidates) : matchInAnyOrder(parts, candidates);

/** Taking the earliest leaves the most for the parts that follow. */
const matchInOrder = (parts: readonly Part[], candidates: readonly Candidate[]): Candidate[] | undefined => {
  const matched: Candidate[] = [];
  let next = 0;
  for (const part of parts) {
    const filling = new Map<string, Candidate>();
    for (; next < candidates.length && filling.size < neededOf(part); next++) {
      const candidate = candidates[next];
      if (candidate && fits(part, candidate) && !filling.has(candidate.cameraId)) {
        filling.set(candidate.cameraId, candidate);
      }
    }
    if (filling.size < neededOf(part)) return undefined;
    matched.push(...filling.values());
  }
  return matched;
};

/**
 * A candidate that fits several parts moves to another when one that fits fewer needs its place: augmenting paths, as
 * in Kuhn's algorithm for bipartite matching.
 */
const matchInAnyOrder = (
  parts: readonly Part[],
  candidates: readonly Candidate[],
): Candidate[] | undefined => {
  const places = parts.map((part) => ({ part, filling: new Map<string, Candidate>() }));
  type Place = (typeof places)[number];
  const settle = (candidate: Candidate, tried: Set<Place>): boolean => {
    for (const place of places) {
      const { part, filling } = place;
      if (tried.has(place) || !fits(part, candidate)) continue;
      tried.add(place);
      const sameCamera = filling.get(candidate.cameraId);
      const inTheWay = sameCamera ? [sameCamera] : [...filling.values()];
      const isFree = !sameCamera && filling.size < neededOf(part);
      const moved = isFree ? undefined : inTheWay.find((occupant) => settle(occupant, tried));
      if (!isFree && !moved) continue;
      if (moved) filling.delete(moved.cameraId);
      filling.set(candidate.cameraId, candidate);
      return true;
    }
    return false;
  };
  for (const candidate of candidates) settle(candidate, new Set());
  if (places.some(({ part, filling }) => filling.size < neededOf(part))) return undefined;
  return places.flatMap(({ filling }) => [...filling.values()]).sort(byStart);
};

const neededOf = ({ cameras }: Part): number => cameras ?? 1;

export const fits = ({ scenarios }: Part, { scenarioId }: Pick<Candidate, 'scenarioId'>): boolean =>
  scenarios.includes(scenarioId);

export const byStart = (
  a: Pick<Candidate, 'startedAt' | 'alertId'>,
  b: Pick<Candidate, 'startedAt' | 'alertId'>,
): number => a.startedAt - b.startedAt || (a.alertId < b.alertId ? -1 : 1);
