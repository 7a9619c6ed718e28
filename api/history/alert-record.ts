import { decodeTime } from 'ulid';
import { foldAlert } from '../../core/alert-fold.ts';
import type { BusMessage } from '../../core/bus/bus.ts';
import type { Alert, AlertEvent } from '../../core/schema/alert.ts';

export interface StoredEvent {
  sequence: number;
  event: AlertEvent;
}

/**
 * Everything the history has heard of one alert. It keeps the events themselves, by id, because after a crash the bus
 * offers what was not acknowledged again *behind* newer events: a fold that only goes forward would lose those.
 */
export interface AlertRecord {
  alertId: string;
  events: ReadonlyMap<string, StoredEvent>;
  /** Highest sequence ever seen; the version by which one row replaces another. */
  lastSequence: number;
}

/** ClickHouse's DateTime64 ends in 2299. */
export const maxInstant = Date.UTC(2299, 11, 31);

/** When the alert was raised, as its id says. */
export const raisedAtOf = (alertId: string): number => decodeTime(alertId);

/** Takes events into a record. Gives the same record when they are no news. */
export const mergeEvents = (
  record: AlertRecord | undefined,
  messages: readonly BusMessage<AlertEvent>[],
): AlertRecord | undefined => {
  let merged = record;
  for (const { sequence, value } of messages) merged = mergeEvent(merged, sequence, value);
  return merged;
};

const mergeEvent = (record: AlertRecord | undefined, sequence: number, event: AlertEvent): AlertRecord => {
  const known = record?.events.get(event.eventId);
  if (record && known && known.sequence <= sequence) return record;
  const events = new Map(record?.events).set(event.eventId, { sequence, event });
  return { alertId: event.alertId, events, lastSequence: Math.max(record?.lastSequence ?? 0, sequence) };
};

/**
 * The alert that a record's events together make, or undefined while its `raised` event has not come. An event that
 * names another place than the alert's own is not believed: places are what rights on the bus are given by.
 */
export const toAlert = ({ events, lastSequence }: AlertRecord): Alert | undefined => {
  const rank = ({ event, sequence }: StoredEvent): number => (event.type === 'raised' ? 0 : sequence);
  const inOrder = [...events.values()].sort((a, b) => rank(a) - rank(b));
  let alert: Alert | undefined;
  for (const stored of inOrder) {
    if (alert && stored.event.place !== alert.place) continue;
    alert = foldAlert(alert, stored.event, rank(stored));
  }
  return alert && { ...alert, lastSequence };
};

/** The record as a row of `alerts`. */
export const toAlertRow = (record: AlertRecord) => {
  const alert = toAlert(record);
  const [first] = record.events.values();
  return {
    alert_id: record.alertId,
    raised_at: raisedAtOf(record.alertId),
    is_raised: alert !== undefined,
    site_id: alert?.siteId ?? '',
    place: alert?.place ?? first?.event.place ?? '',
    camera_id: alert?.cameraId ?? first?.event.cameraId ?? '',
    scenario_id: alert?.scenarioId ?? '',
    kind: alert?.kind ?? '',
    severity: alert?.severity ?? '',
    state: alert?.state ?? '',
    snapshot_state: alert?.snapshot.state ?? '',
    clip_state: alert?.clip.state ?? '',
    model_id: alert?.modelId ?? '',
    clock_quality: alert?.clockQuality ?? '',
    incident_id: alert?.incidentId ?? '',
    started_at: toColumn(alert?.startedAt ?? 0),
    captured_at: toColumn(alert?.capturedAt ?? 0),
    received_at: toColumn(alert?.receivedAt ?? 0),
    ended_at: alert?.endedAt === undefined ? null : toColumn(alert.endedAt),
    alert: alert ? JSON.stringify(alert) : '',
    events: JSON.stringify([...record.events.values()]),
    last_sequence: record.lastSequence,
  };
};

/** An instant as a column takes it; a camera's clock may say anything. */
export const toColumn = (instant: number): number => Math.min(instant, maxInstant);

/** Reads a record back from its row. */
export const fromAlertRow = (row: {
  alert_id: string;
  events: string;
  last_sequence: number;
}): AlertRecord => {
  const stored = JSON.parse(row.events) as StoredEvent[];
  return {
    alertId: row.alert_id,
    events: new Map(stored.map((item) => [item.event.eventId, item])),
    lastSequence: Number(row.last_sequence),
  };
};
