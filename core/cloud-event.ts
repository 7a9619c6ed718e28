import { alertSubject } from './bus/subjects.ts';
import { schemaPath } from './published/published-schemas.ts';
import type { AlertEvent } from './schema/alert.ts';

/** CloudEvents 1.0, structured JSON (cloudevents.io, spec 1.0.2). */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  /** RFC 3339. */
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  data: AlertEvent;
}

/**
 * An alert event in the envelope that event brokers read. `source` and `id` together are the same however often it is
 * sent, as the specification asks of duplicates.
 */
export const toCloudEvent = (event: AlertEvent): CloudEvent => ({
  specversion: '1.0',
  id: event.eventId,
  source: `urn:xueliang:camera:${event.cameraId}`,
  type: `cn.xueliang.alert.${event.type}.v${event.schemaVersion}`,
  subject: alertSubject(event),
  time: new Date(event.at).toISOString(),
  datacontenttype: 'application/json',
  dataschema: schemaPath('alert-event.v1'),
  data: event,
});
