import type { WorkerOutbox } from '../../alerts/index.ts';
import { foldAlert } from '../../core/alert-fold.ts';
import type { Bus } from '../../core/bus/bus.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';

/**
 * A camera's alerts of the last days as the bus and this worker's own outbox together know them: what a restarted
 * worker must go on with instead of raising it again.
 */
export const loadEarlierAlerts = async (
  bus: Pick<Bus, 'alertEventsOf'>,
  outbox: Pick<WorkerOutbox, 'waiting'>,
  camera: Camera,
): Promise<Alert[]> => {
  const waiting = outbox.waiting(camera.id); // before the bus is asked: an event on its way is then in one of the two
  const said = (await bus.alertEventsOf(camera.place, camera.id)).map(({ value }) => value);
  const known = new Set(said.map(({ eventId }) => eventId));
  const unsaid = waiting.filter(({ eventId }) => !known.has(eventId));
  const alerts = new Map<string, Alert>();
  for (const [index, event] of [...said, ...unsaid].entries()) {
    const alert = foldAlert(alerts.get(event.alertId), event, index + 1);
    if (alert) alerts.set(event.alertId, alert);
  }
  return [...alerts.values()];
};
