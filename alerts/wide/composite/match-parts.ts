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
 * in Ford and Fulkerson's maximum flow from candidates through the parts' cameras to the parts.
 */
const matchInAnyOrder = (
  parts: readonly Part[],
  candidates: readonly Candidate[],
): Candidate[] | undefined => {
  const places = parts.map((part) => ({ part, filling: new Map<string, Candidate>() }));
  const settle = (candidate: Candidate, tried: Set<string>): boolean =>
    places.some(({ part, filling }, index) => {
      const way = `${index} ${candidate.cameraId}`;
      if (tried.has(way) || !fits(part, candidate)) return false;
      tried.add(way);
      const sameCamera = filling.get(candidate.cameraId);
      if (!sameCamera && filling.size < neededOf(part)) {
        filling.set(candidate.cameraId, candidate);
        return true;
      }
      const inTheWay = sameCamera ? [sameCamera] : tried.has(`${index}`) ? [] : [...filling.values()];
      if (!sameCamera) tried.add(`${index}`);
      const moved = inTheWay.find((occupant) => {
        tried.add(`${index} ${occupant.cameraId}`);
        return settle(occupant, tried);
      });
      if (!moved) return false;
      filling.delete(moved.cameraId);
      filling.set(candidate.cameraId, candidate);
      return true;
    });
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
