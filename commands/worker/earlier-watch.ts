import type { WorkerOutbox } from '../../alerts/index.ts';
import { foldAlerts } from '../../core/alert-fold.ts';
import type { Bus } from '../../core/bus/bus.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';

/** What an earlier worker left of a camera. */
export interface EarlierWatch {
  /** Ended ones too: what has just ended is not raised again at once. */
  alerts: readonly Alert[];
  /** When the camera was last looked at, if that is known. */
  watchedUntil?: number;
}

/**
 * A camera's alerts of the last days as the bus and this worker's own outbox together know them: what a restarted
 * worker must go on with instead of raising it again.
 */
export const loadEarlierWatch = async (
  bus: Pick<Bus, 'alertEventsOf' | 'latestCameraStatus'>,
  outbox: Pick<WorkerOutbox, 'waiting'>,
  { id, place }: Camera,
): Promise<EarlierWatch> => {
  const waiting = outbox.waiting(id); // before the bus is asked: an event on its way is then in one of the two
  const said = await bus.alertEventsOf(id);
  const newest = said.at(-1)?.sequence ?? 0;
  const unsaid = waiting.map((value, index) => ({ sequence: newest + index + 1, value }));
  const watchedUntil = (await bus.latestCameraStatus(place, id))?.lastFrameAt;
  return {
    alerts: [...foldAlerts([...said, ...unsaid]).values()],
    ...(watchedUntil === undefined ? {} : { watchedUntil }),
  };
};
