import type { Alert } from '../../core/schema/alert.ts';
import { situationKey, type ToldAlert } from './alert-memory.ts';
import type { Ongoing } from './watch.ts';

/** What of an alert it takes to go on with its situation. */
export type EarlierAlert = Pick<
  Alert,
  | 'alertId'
  | 'place'
  | 'scenarioId'
  | 'zoneId'
  | 'kind'
  | 'severity'
  | 'startedAt'
  | 'capturedAt'
  | 'objects'
  | 'facts'
> &
  Partial<Pick<Alert, 'endedAt' | 'lineId' | 'resumptions' | 'resumedAt' | 'updates' | 'updatedAt'>>;

/** The latest moment that alerts tell of, when nothing else says when their camera was last looked at. */
export const latestOf = (alerts: readonly EarlierAlert[]): number | undefined =>
  alerts.length > 0
    ? Math.max(...alerts.map((alert) => Math.max(lastToldAt(alert), alert.endedAt ?? 0)))
    : undefined;

/** What an earlier worker said of an alert, with moments by capture time; see `ToldAlert`. */
export const toToldAlert = (alert: EarlierAlert, watchedUntil: number | undefined): ToldAlert => {
  const { facts, resumptions = 0, updates = 0, resumedAt, endedAt } = alert;
  const situation = toOngoing(alert, watchedUntil);
  return {
    key: situationKey(alert),
    ...{ situation, facts, latest: facts, resumptions, updates, isQuiet: false },
    heldOn: endedAt ?? situation.heldUntil,
    toldOn: lastToldAt(alert),
    resumedOn: resumedAt ?? Number.NEGATIVE_INFINITY,
  };
};

const lastToldAt = ({ capturedAt, resumedAt, updatedAt }: EarlierAlert): number =>
  Math.max(capturedAt, resumedAt ?? 0, updatedAt ?? 0);

const toOngoing = (alert: EarlierAlert, watchedUntil: number | undefined): Ongoing => {
  const { alertId, place, startedAt, endedAt, objects, facts } = alert;
  const [first] = objects;
  return {
    alertId,
    place,
    startedAt,
    heldUntil: endedAt ?? Math.round(Math.max(lastToldAt(alert), watchedUntil ?? 0)),
    ...(first ? { box: first.box } : {}),
    ...(facts.box ? { spot: facts.box } : {}),
  };
};
