import type { Clock } from '../../core/runtime/clock.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Ledger } from './ledger.ts';

/** Digits of a village, township, county and prefecture. */
const levels = [12, 9, 6, 4];

/** The place so many levels up the division tree; nothing above a prefecture. */
export const ancestorOf = (place: string, steps: number): string | undefined => {
  const level = levels.indexOf(place.length);
  const digits = level < 0 ? undefined : levels[level + steps];
  return digits === undefined ? undefined : place.slice(0, digits);
};

/** Makes an alert the duty of a place, once; false when it has been that before, for whatever reason. */
export const escalateAlert = (
  { clock, ledger }: { clock: Pick<Clock, 'now'>; ledger: Ledger },
  alert: Alert,
  { to, why }: { to: string; why: string },
): boolean => {
  if (ledger.isDone(alert, { action: 'escalate', target: to })) return false;
  const { alertId, cameraId, place } = alert;
  ledger.put({
    schemaVersion: 1,
    eventId: `${alertId}.escalated-${to}`,
    alertId,
    cameraId,
    place,
    at: Math.round(clock.now()),
    type: 'escalated',
    to,
    why,
  });
  ledger.write(alert, { action: 'escalate', target: to, outcome: 'accepted' });
  return true;
};
