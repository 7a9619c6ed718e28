import type { AlertFacts } from '../../../core/schema/alert.ts';
import type { PictureCondition } from '../../../core/schema/scenario.ts';
import type { Situation } from '../situations.ts';
import {
  type HealthGroup,
  illnessOf,
  possibleGroupKeys,
  singleKey,
  toGroups,
  type Watched,
} from './health-groups.ts';

export interface HealthRound {
  scenarioId: string;
  /** The cameras that count now. */
  watched: readonly Watched[];
  /** What the scenario has alerted to and is not over. */
  open: readonly Situation[];
  /** Monotonic, like the cameras' `since`. */
  now: number;
  dwellMs: number;
  /** From how many cameras on it is one alert. */
  together: number;
  /** Whether anything may begin. */
  isOnDuty: boolean;
}

export type HealthDecision =
  | { do: 'raise'; key: string; members: readonly Watched[]; facts: AlertFacts }
  | { do: 'update'; situation: Situation; facts: AlertFacts }
  /** `since`: when it was over, by the monotonic clock. */
  | { do: 'end'; situation: Situation; since: number };

/** A camera must have been well for this long, or one that comes and goes would alert again and again. */
const clearMs = 10_000;

/** What has to be alerted to now. Nothing is remembered between rounds but what was alerted to. */
export const decideHealth = (round: HealthRound): HealthDecision[] => {
  const open = new Map(round.open.map((situation) => [situation.key, situation]));
  const alone: Watched[] = [];
  const rest: Watched[] = [];
  for (const one of round.watched) {
    (open.has(singleKey(round.scenarioId, one.camera)) ? alone : rest).push(one);
  }
  const groups = toGroups(round.scenarioId, rest, (key) => open.has(key));
  const kept = new Set(rest.filter((one) => mayBeIll(one, round.now)).flatMap((one) => keysOf(round, one)));
  const singles = alone.flatMap((one): HealthDecision[] => followSingle(round, one, open));
  const ofGroups = [...groups.values()].flatMap((group) => {
    const situation = open.get(group.key);
    if (situation) return followGroup(round, group, situation);
    return round.isOnDuty ? beginGroup(round, group) : [];
  });
  const known = new Set([
    ...groups.keys(),
    ...kept,
    ...alone.map((one) => singleKey(round.scenarioId, one.camera)),
  ]);
  const unknown = new Set(
    rest.flatMap(({ camera, health }) => (health.standing === 'unknown' ? camera.id : [])),
  );
  const over = round.open
    .filter(({ key, cameraIds }) => !known.has(key) && !cameraIds.some((id) => unknown.has(id)))
    .map((situation): HealthDecision => ({ do: 'end', situation, since: round.now }));
  return [...singles, ...ofGroups, ...over];
};

const keysOf = ({ scenarioId }: HealthRound, { camera }: Watched): string[] =>
  possibleGroupKeys(scenarioId, camera);

/** Well for so short a time, or not heard of yet after a start, that what it belonged to is not over. */
const mayBeIll = ({ health }: Watched, now: number): boolean =>
  health.standing === 'unheard' || (health.standing === 'well' && now - health.since < clearMs);

const followSingle = (
  round: HealthRound,
  one: Watched,
  open: ReadonlyMap<string, Situation>,
): HealthDecision[] => {
  const situation = open.get(singleKey(round.scenarioId, one.camera));
  const condition = illnessOf(one);
  const { standing, since } = one.health;
  if (!situation) return [];
  if (condition !== undefined && condition !== situation.facts.condition) {
    return [{ do: 'update', situation, facts: toFacts(round, [one], condition) }];
  }
  const isOver = standing === 'well' && round.now - since >= clearMs;
  return isOver ? [{ do: 'end', situation, since }] : [];
};

/** Growth alone is news: how many it was at the most is what the alert says in the end. */
const followGroup = (round: HealthRound, group: HealthGroup, situation: Situation): HealthDecision[] => {
  const members = dueOf(round, group);
  if (members.length <= (situation.facts.cameras ?? 0)) return [];
  const facts = { ...toFacts(round, members, group.condition), ...counts(members, group) };
  return [{ do: 'update', situation, facts }];
};

/**
 * As many as `together` are one alert. While so many are ill but the later ones not for long enough, the first wait
 * for them, for another `dwell` at most.
 */
const beginGroup = (round: HealthRound, group: HealthGroup): HealthDecision[] => {
  const { now, dwellMs, together, scenarioId } = round;
  const due = dueOf(round, group);
  const [first] = due;
  if (!first) return [];
  if (due.length >= together) {
    const facts = { ...toFacts(round, due, group.condition), ...counts(due, group) };
    return [{ do: 'raise', key: group.key, members: due, facts }];
  }
  if (group.members.length >= together && now - first.health.since < 2 * dwellMs) return [];
  return due.map((one) => ({
    do: 'raise',
    key: singleKey(scenarioId, one.camera),
    members: [one],
    facts: toFacts(round, [one], group.condition),
  }));
};

const dueOf = ({ now, dwellMs }: HealthRound, { members }: HealthGroup): Watched[] =>
  members.filter(({ health }) => now - health.since >= dwellMs);

const toFacts = (
  { now, dwellMs }: HealthRound,
  [first]: readonly Watched[],
  condition: PictureCondition,
): AlertFacts => ({
  dwellMs: Math.round(now - (first?.health.since ?? now)),
  limitDwellMs: dwellMs,
  condition,
});

const counts = (members: readonly Watched[], { size }: HealthGroup) => ({
  cameras: members.length,
  limitCameras: size,
});
