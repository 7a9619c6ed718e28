import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { ConnectedBus } from '../../core/bus/connect-bus.ts';
import { trackSubject } from '../../core/bus/subjects.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { severities } from '../../core/schema/severity.ts';
import type { TrackChunk, TrackRow } from '../../core/schema/track.ts';
import { villages } from './api-site.ts';

const inFlight = 200;
const cameras = 126;

const placeOf = (index: number): string => villages[(index % cameras) % villages.length] ?? '';

const cameraOf = (index: number): AlertCamera => {
  const id = `cam-${index % cameras}`;
  return { id, name: id, place: placeOf(index) };
};

/** Which camera an alert is about. */
export type AlertCamera = Pick<Camera, 'id' | 'name' | 'place'>;

/** The event by which an alert begins, raised now. */
export const newAlert = (index: number, camera = cameraOf(index)): AlertEvent & { type: 'raised' } => {
  const at = Date.now();
  const alertId = ulid(at);
  const { id: cameraId, name: cameraName, place } = camera;
  return {
    schemaVersion: 1,
    eventId: `${alertId}.raised`,
    ...{ alertId, cameraId, place, at, type: 'raised' },
    alert: {
      ...{ alertId, siteId: 'bench', cameraId, cameraName, place },
      ...{
        scenarioId: 'intrusion-1',
        scenarioName: '村口夜间',
        kind: 'intrusion',
        purpose: 'keyPlaceSafety',
      },
      severity: severities[index % severities.length] ?? 'high',
      zoneId: 'gate',
      ...{ startedAt: at - 2000, capturedAt: at - 400, receivedAt: at - 300, raisedAt: at },
      clockQuality: 'arrival',
      modelId: 'yolox-nano-416',
      facts: { label: 'person', dwellMs: 2100, limitDwellMs: 2000 },
      objects: [
        { trackId: `${cameraId}-7`, label: 'person', score: 0.82, box: { x: 0.1, y: 0.2, w: 0.1, h: 0.3 } },
      ],
    },
  };
};

/** Raises alerts and resolves when the history has them. */
export const raiseAlerts = async (bus: ConnectedBus, count: number, signal: AbortSignal): Promise<void> => {
  for (let first = 0; first < count; first += inFlight) {
    signal.throwIfAborted();
    const events = Array.from({ length: Math.min(inFlight, count - first) }, (_, index) =>
      newAlert(first + index),
    );
    await Promise.all(events.map((event) => bus.appendAlertEvent(event)));
  }
  for (;;) {
    const history = (await bus.alertSubscribers()).find(({ durable }) => durable === 'history');
    if (history?.hasAll) return;
    await sleep(100, undefined, { signal });
  }
};

const tickMs = 10;
/**
 * So many tracks a second are those of a city: 30,000 cameras, some 480 workers, each with cameras in about five places, of which
 * it tells every two seconds.
 */
const rowsPerChunk = 40;

const newTrack = (index: number, place: string): TrackRow => {
  const at = Date.now();
  const cameraId = `cam-${index % cameras}`;
  const step = (index % 97) * 103; // paths have four decimals, as the tracker's
  return {
    trackId: `${cameraId}-${at.toString(36)}-${index}`,
    ...{ cameraId, place },
    label: index % 3 === 0 ? 'car' : 'person',
    ...{ startedAt: at - 4000, endedAt: at, frames: 12, bestScore: 0.8 },
    path: [
      [step / 10_000, 0.2],
      [step / 10_000, 0.5],
      [(10_000 - step) / 10_000, 0.9],
    ],
  };
};

const newChunk = (first: number): TrackChunk => {
  const place = placeOf(first / rowsPerChunk);
  return { place, rows: Array.from({ length: rowsPerChunk }, (_, index) => newTrack(first + index, place)) };
};

/** Publishes tracks at a rate, catching up when late; gives how many. The stream's word for each message is not waited for. */
export const publishTracks = async (
  { nats }: ConnectedBus,
  rate: number,
  seconds: number,
  signal: AbortSignal,
): Promise<number> => {
  const begin = performance.now();
  let published = 0;
  while (published < rate * seconds && !signal.aborted) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - begin) / 1000) * rate));
    // Rather late than in one lump, in which requests would wait for this process instead of the API.
    const end = Math.min(due, published + (rate * tickMs * 4) / 1000);
    for (; published < end; published += rowsPerChunk) {
      const chunk = newChunk(published);
      nats.publish(trackSubject(chunk), JSON.stringify(chunk));
    }
    await sleep(published < due ? 1 : tickMs);
  }
  await nats.flush();
  return published;
};
