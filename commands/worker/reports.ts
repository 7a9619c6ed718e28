import type { WorkerOutbox } from '../../alerts/index.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { EvidenceOutcome, EvidenceRequest } from '../../core/stages.ts';
import type { RoleContext } from '../role.ts';
import { toMediaEvent } from './media-events.ts';

/** What a worker says to the outside: alert events through its outbox, finished tracks straight to the bus. */
export interface Reports {
  put(event: AlertEvent): void;
  putTracks(rows: readonly TrackRow[]): void;
  /** Remembers where an alert belongs until its pictures are there: the camera may be gone by then. */
  expect(request: EvidenceRequest): void;
  putOutcome(outcome: EvidenceOutcome): void;
  /** Whether pictures of one of the camera's alerts are still to come. */
  isExpecting(cameraId: string): boolean;
}

const mediaPerAlert = 2;

export const createReports = (
  { bus, resources, clock, log, metrics }: RoleContext,
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
    putTracks: (rows) => {
      for (const row of rows) {
        void bus.appendTrack(row).catch(() => {
          metrics.count('xueliang_tracks_unpublished_total', 'Finished tracks that the bus did not take');
        });
      }
    },
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
