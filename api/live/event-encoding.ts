import { toCloudEvent } from '../../core/cloud-event.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';

/** How a client wants its events: as they are on the bus, or in the envelope of CloudEvents 1.0. */
export const eventFormats = ['plain', 'cloudevents'] as const;
export type EventFormat = (typeof eventFormats)[number];

/** How what a client is told is written on its connection. */
export interface EventEncoding {
  /** What is no alert event: `ready`, `gap`, `reset`, `end`. */
  note(name: string, data: object): string;
  alertEvent(event: AlertEvent, sequence: number): string;
  heartbeat: string;
}

/** One event in the text format of server-sent events. JSON has no line breaks, so one data line does. */
export const toFrame = (name: string, data: object, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const enveloped = (event: AlertEvent, format: EventFormat): object =>
  format === 'cloudevents' ? toCloudEvent(event) : event;

export const serverSentEvents = (format: EventFormat): EventEncoding => ({
  note: toFrame,
  alertEvent: (event, sequence) => toFrame(event.type, enveloped(event, format), sequence),
  heartbeat: ':\n\n',
});

/** One JSON text a message, with the same words as server-sent events have. */
export const socketMessages = (format: EventFormat): EventEncoding => ({
  note: (name, data) => JSON.stringify({ event: name, data }),
  alertEvent: (event, sequence) =>
    JSON.stringify({ id: sequence, event: event.type, data: enveloped(event, format) }),
  heartbeat: JSON.stringify({ event: 'heartbeat' }),
});
