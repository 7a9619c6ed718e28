import { randomBytes } from 'node:crypto';
import { foldAlert } from '../../core/alert-fold.ts';
import type { Bus } from '../../core/bus/bus.ts';
import { isAppError } from '../../core/errors.ts';
import type { Alert, AlertEvent } from '../../core/schema/alert.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';

export type StepBus = Pick<Bus, 'appendAlertEventAfter' | 'eventsOfAlert'>;

type Step = Extract<AlertEvent, { type: 'transition' | 'commented' | 'pictureAdded' }>;
type Without<Event> = Event extends Step
  ? Omit<Event, 'schemaVersion' | 'eventId' | 'alertId' | 'cameraId' | 'place' | 'at'>
  : never;
/** What somebody says of an alert, before it is an event. */
export type Said = Without<Step>;

/** Other events (a picture that is ready, a comment) may come between looking and writing; so many in a row do not. */
const maxTries = 8;

/** Reads an alert as the bus has it now, within a ground. Throws `alert-unknown`. */
export const readAlert = async (bus: StepBus, alertId: string, ground: string): Promise<Alert> => {
  let alert: Alert | undefined;
  for (const { sequence, value } of await bus.eventsOfAlert(alertId))
    alert = foldAlert(alert, value, sequence);
  if (alert && isWithin(alert.place, ground)) return alert;
  throw apiError('alert-unknown', `there is no alert ${alertId} in your ground`);
};

export interface AppendDeps {
  bus: StepBus;
  now: () => number;
  /** Awaited once, when it may be said and before it is. */
  before?(alert: Alert): Promise<void>;
}

/**
 * Appends what somebody says of an alert, if nobody has said anything else meanwhile: `say` is asked again with the alert
 * as it has become, and throws when it no longer wants it. Gives the alert as it then is.
 */
export const appendToAlert = async (
  { bus, now, before }: AppendDeps,
  { alertId, ground }: { alertId: string; ground: string },
  say: (alert: Alert) => Said,
): Promise<Alert> => {
  for (let tries = 0; tries < maxTries; tries++) {
    const alert = await readAlert(bus, alertId, ground);
    const said = say(alert);
    if (tries === 0) await before?.(alert);
    const event = toEvent(alert, said, now());
    const stored = await bus.appendAlertEventAfter(event, alert.lastSequence).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'bus-conflict') return undefined;
      throw error;
    });
    if (stored) return foldAlert(alert, event, stored.sequence) ?? alert;
  }
  throw apiError('alert-busy', `alert ${alertId} is being changed all the time; try again in a moment`);
};

/** Random, so that two who say the same at once are not taken for one who says it twice. */
const toEvent = ({ alertId, cameraId, place }: Alert, said: Said, at: number): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${alertId}.${said.type}.${randomBytes(8).toString('hex')}`,
  ...{ alertId, cameraId, place, at },
  ...said,
});
