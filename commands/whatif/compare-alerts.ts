import type { RaisedAlert } from '../../core/schema/alert.ts';

type Compared = Pick<
  RaisedAlert,
  'cameraId' | 'scenarioId' | 'zoneId' | 'lineId' | 'startedAt' | 'capturedAt' | 'objects'
> & { endedAt?: number };

export interface Pairs<Before, After> {
  both: [Before, After][];
  onlyBefore: Before[];
  onlyAfter: After[];
}

/** Times on a scene's line are rounded when they are told. */
const sameStartMs = 1000;

const placeOf = ({ cameraId, scenarioId, zoneId = '', lineId = '' }: Compared): string =>
  `${cameraId} ${scenarioId} ${zoneId} ${lineId}`;

/** The very same alert: decided by the same frame, about the same object. */
const keyOf = (alert: Compared): string =>
  `${placeOf(alert)} ${alert.capturedAt} ${alert.objects[0]?.trackId ?? ''}`;

/** Pairs alerts that were decided by the same frame. */
export const pairSameFrames = <Before extends Compared, After extends Compared>(
  before: readonly Before[],
  after: readonly After[],
): Pairs<Before, After> => {
  const free = new Map(after.map((alert) => [keyOf(alert), alert]));
  const both: [Before, After][] = [];
  const onlyBefore: Before[] = [];
  for (const alert of before) {
    const other = free.get(keyOf(alert));
    free.delete(keyOf(alert));
    if (other) both.push([alert, other]);
    else onlyBefore.push(alert);
  }
  const left = new Set(free.values());
  return { both, onlyBefore, onlyAfter: after.filter((alert) => left.has(alert)) };
};

/**
 * Pairs alerts to the same situation, if it would be alerted to earlier or later: decided by the same frame, else begun
 * at the same time, else of the same zone and overlapping in time, the longest overlap first.
 */
export const pairSituations = <Alert extends Compared>(
  before: readonly Alert[],
  after: readonly Alert[],
): Pairs<Alert, Alert> => {
  const same = pairSameFrames(before, after);
  const begun = pair(same.onlyBefore, same.onlyAfter, (one, other) =>
    Math.max(0, sameStartMs - Math.abs(one.startedAt - other.startedAt)),
  );
  const rest = pair(begun.onlyBefore, begun.onlyAfter, overlapMs);
  return { ...rest, both: [...same.both, ...begun.both, ...rest.both] };
};

const overlapMs = (one: Compared, other: Compared): number => {
  const end = (alert: Compared): number => alert.endedAt ?? Number.MAX_SAFE_INTEGER;
  return Math.min(end(one), end(other)) - Math.max(one.startedAt, other.startedAt);
};

/** Pairs what lies in one place and is close (above 0), the closest first; each at most once. */
const pair = <Alert extends Compared>(
  before: readonly Alert[],
  after: readonly Alert[],
  closeness: (one: Alert, other: Alert) => number,
): Pairs<Alert, Alert> => {
  const fits = before
    .flatMap((one) =>
      after
        .filter((other) => placeOf(one) === placeOf(other))
        .map((other) => ({ one, other, closeness: closeness(one, other) })),
    )
    .filter((candidate) => candidate.closeness > 0)
    .sort((a, b) => b.closeness - a.closeness);
  const taken = new Set<Alert>();
  const both: [Alert, Alert][] = [];
  for (const { one, other } of fits) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    both.push([one, other]);
  }
  const isLeft = (alert: Alert): boolean => !taken.has(alert);
  return { both, onlyBefore: before.filter(isLeft), onlyAfter: after.filter(isLeft) };
};
