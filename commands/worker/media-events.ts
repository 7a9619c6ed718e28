import type { Alert, AlertEvent, Medium } from '../../core/schema/alert.ts';
import { mediums } from '../../core/schema/mediums.ts';
import type { EvidenceOutcome } from '../../core/stages.ts';

/** What became of a picture or clip, as an event of its alert. */
export const toMediaEvent = (outcome: EvidenceOutcome, place: string, at: number): AlertEvent => {
  const { alertId, cameraId, medium } = outcome;
  const base = { schemaVersion: 1 as const, alertId, cameraId, place, at };
  const eventId = `${alertId}.${medium}`;
  return 'item' in outcome
    ? { ...base, eventId: `${eventId}-ready`, type: 'mediaReady', item: outcome.item }
    : {
        ...base,
        eventId: `${eventId}-missing`,
        type: 'mediaMissing',
        medium,
        reason: outcome.reason.slice(0, 200),
      };
};

/** Media that an earlier run of this worker promised and can no longer make: nobody shall wait for them. */
export const toLostMediaEvents = (alert: Alert, at: number): AlertEvent[] =>
  mediums
    .filter((medium: Medium) => alert[medium].state === 'pending')
    .map((medium) =>
      toMediaEvent(
        {
          alertId: alert.alertId,
          cameraId: alert.cameraId,
          medium,
          reason: 'the worker was restarted before it was written',
        },
        alert.place,
        at,
      ),
    );
