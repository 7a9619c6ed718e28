import type { WorkerOutbox } from '../../alerts/index.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { EvidenceOutcome, EvidenceRequest } from '../../core/stages.ts';
import type { RoleContext } from '../role.ts';
import { toMediaEvent } from './media-events.ts';

/** What a worker says to the outside: alert events through its outbox. */
export interface Reports {
  put(event: AlertEvent): void;
  /** Remembers where an alert belongs until its pictures are there: the camera may be gone by then. */
  expect(request: EvidenceRequest): void;
  putOutcome(outcome: EvidenceOutcome): void;
  /** Whether pictures of one of the camera's alerts are still to come. */
  isExpecting(cameraId: string): boolean;
}

const mediaPerAlert = 2;

export const createReports = (
  { resources, clock, log }: RoleContext,
  outbox: Pick<WorkerOutbox, 'put'>,
): Reports => {
  const expected = new Map<string, { cameraId: string; place: string; left: number }>();
  const put = (event: AlertEvent): void => {
    void outbox.put(event).catch((error: unknown) => {
      log.error(
        { service: 'outbox', eventId: event.eventId, err: error },
        'alert event could not be written',
      );
    });
  };
  return {
    put,
    expect: ({ alertId, cameraId }) => {
      const place = resources.cameras().find((camera) => camera.id === cameraId)?.place;
      if (place !== undefined) expected.set(alertId, { cameraId, place, left: mediaPerAlert });
    },
    putOutcome: (outcome) => {
      const alert = expected.get(outcome.alertId);
      if (!alert) return;
      alert.left -= 1;
      if (alert.left === 0) expected.delete(outcome.alertId);
      put(toMediaEvent(outcome, alert.place, clock.now()));
    },
    isExpecting: (cameraId) => [...expected.values()].some((alert) => alert.cameraId === cameraId),
  };
};
