import { createParser } from 'eventsource-parser';
import { backoffDelayMs } from '../../core/runtime/backoff.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { CameraStatus } from '../../core/schema/health.ts';

/** A camera as `GET /api/v1/cameras` answers it, as far as the demo shows it. */
export interface ShownCamera {
  id: string;
  name: string;
  place: string;
  state: CameraStatus['state'] | 'unknown';
  status?: CameraStatus;
}

const answerWithinMs = 5000;
const retry = { baseMs: 250, maxMs: 5000 };

/** The cameras and their status now. Rejects when the API does not answer. */
export const fetchCameras = async (api: string, signal: AbortSignal): Promise<ShownCamera[]> => {
  const response = await fetch(`${api}/api/v1/cameras?limit=500`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
  });
  if (!response.ok) return [];
  return ((await response.json()) as { items: ShownCamera[] }).items;
};

/** Listens to the alerts of the API as they happen until `signal` aborts, coming back where it was. */
export const followAlerts = async (
  api: string,
  clock: Clock,
  signal: AbortSignal,
  onEvent: (event: AlertEvent) => void,
): Promise<void> => {
  let lastEventId: string | undefined;
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const response = await fetch(`${api}/api/v1/alerts/events`, {
        signal,
        headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
      });
      const parser = createParser({
        onEvent: ({ id, data }) => {
          if (id !== undefined) lastEventId = id;
          const value: unknown = JSON.parse(data);
          if (isAlertEvent(value)) onEvent(value);
        },
      });
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        failures = 0;
        parser.feed(decoder.decode(chunk, { stream: true }));
      }
    } catch {
      // the API restarts, or the signal was aborted: both are handled by the loop
    }
    await clock.sleep(backoffDelayMs(failures, retry), signal);
  }
};

const isAlertEvent = (value: unknown): value is AlertEvent =>
  typeof value === 'object' && value !== null && 'alertId' in value && 'type' in value;
