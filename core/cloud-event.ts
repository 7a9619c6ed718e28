import { alertSubject } from './bus/subjects.ts';
import { schemaPath } from './published/published-schemas.ts';
import type { AlertEvent } from './schema/alert.ts';

/** Media type of structured JSON (CloudEvents 1.0.2, JSON format, section 3). */
export const cloudEventType = 'application/cloudevents+json';

/** CloudEvents 1.0, structured JSON (cloudevents.io, spec 1.0.2). */
export interface CloudEvent<Data = AlertEvent> {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  /** RFC 3339. */
  time: string;
  datacontenttype: 'application/json';
  dataschema?: string;
  data: Data;
}

/**
 * An alert event in the envelope that event brokers read. `source` and `id` together are the same however often it is
 * sent, as the specification asks of duplicates.
 */
export const toCloudEvent = (event: AlertEvent): CloudEvent => ({
  ...envelopeOf(event),
  type: `cn.xueliang.alert.${event.type}.v${event.schemaVersion}`,
  dataschema: schemaPath('alert-event.v1'),
  data: event,
});

/** What a feed tells of an alert event, in the same envelope. It is less than the event, so its type is another. */
export const toFeedCloudEvent = <Told extends { schemaVersion: number }>(
  event: AlertEvent,
  told: Told,
): CloudEvent<Told> => ({
  ...envelopeOf(event),
  type: `cn.xueliang.feed.${event.type}.v${told.schemaVersion}`,
  data: told,
});

const envelopeOf = (event: AlertEvent) => ({
  specversion: '1.0' as const,
  id: event.eventId,
  source: `urn:xueliang:camera:${event.cameraId}`,
  subject: alertSubject(event),
  time: new Date(event.at).toISOString(),
  datacontenttype: 'application/json' as const,
});
