import { signal } from '@preact/signals';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { openEventStream, type StreamEvent } from './event-stream.ts';

/** Whether alerts arrive as they happen, and since when it is so. */
export const connection = signal<{ isConnected: boolean; since: number }>({ isConnected: true, since: 0 });

export interface AlertListener {
  /** `sequence` is the event's place in the bus stream. */
  onAlertEvent(event: AlertEvent, sequence: number): void;
  /** What was known may be incomplete: load the list again. */
  onGap(): void;
}

const listeners = new Set<AlertListener>();

/** Hears of alerts as they happen, until what it gives is called. One stream serves every page. */
export const listenForAlerts = (listener: AlertListener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Opens the stream for who is signed in now. */
export const openAlertStream = (): { close(): void } =>
  openEventStream({ path: '/api/v1/alerts/events', onEvent: tell, onConnected: noteConnection });

const noteConnection = (isConnected: boolean): void => {
  if (connection.peek().isConnected === isConnected && connection.peek().since > 0) return;
  connection.value = { isConnected, since: Date.now() };
};

/** Of a stream's own notes, these say that the list is to be loaded again. */
const gaps = new Set(['ready', 'gap', 'reset']);

const tell = ({ name, id, data }: StreamEvent): void => {
  for (const listener of listeners) {
    if (gaps.has(name)) listener.onGap();
    else if (id !== undefined && data) listener.onAlertEvent(data as AlertEvent, Number(id));
  }
};
