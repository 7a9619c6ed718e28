import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectedBus } from '../../core/bus/connect-bus.ts';
import { benchError } from '../errors.ts';
import { type Latencies, toLatencies } from './load.ts';
import { newAlert } from './publish.ts';

export interface ListeningOptions {
  url: string;
  bus: ConnectedBus;
  listeners: number;
  /** Alerts a second. */
  rate: number;
  seconds: number;
  signal: AbortSignal;
}

const eventsPath = '/api/v1/alerts/events';
const settleMs = 2000;
const idPattern = /^data: \{"schemaVersion":1,"eventId":"([0-9A-Z]{26})\.raised"/gm;

const open = (url: string, onId: (id: string) => void): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = get(`${url}${eventsPath}`, { agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(
          benchError('bench-side-failed', `${eventsPath} answered ${response.statusCode} to a listener`),
        );
        return;
      }
      let text = '';
      response.setEncoding('utf8');
      response.on('error', () => undefined); // its events are then missing, and counted as such
      response.on('data', (chunk: string) => {
        text += chunk;
        const end = text.lastIndexOf('\n\n');
        if (end < 0) return;
        for (const [, id = ''] of text.slice(0, end).matchAll(idPattern)) onId(id);
        text = text.slice(end + 2);
      });
      resolve(response);
    });
    request.once('error', reject);
  });

/** From before an alert is given to the bus until each listener has read it. One not read counts as for ever. */
export const runListeners = async (options: ListeningOptions): Promise<Latencies> => {
  const { url, bus, listeners, rate, seconds, signal } = options;
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  const onId = (id: string): void => {
    const at = sentAt.get(id);
    if (at !== undefined) times.push(performance.now() - at);
  };
  const responses: IncomingMessage[] = [];
  try {
    for (let count = 0; count < listeners; count++) responses.push(await open(url, onId));
    const begin = performance.now();
    for (let index = 0; index < rate * seconds && !signal.aborted; index++) {
      await sleep(Math.max(0, begin + (index * 1000) / rate - performance.now()));
      const event = newAlert(index);
      sentAt.set(event.alertId, performance.now());
      await bus.appendAlertEvent(event);
    }
    await sleep(settleMs);
  } finally {
    for (const response of responses) response.destroy();
  }
  const missing = sentAt.size * listeners - times.length;
  return toLatencies(times, missing > 0 ? { missing } : {});
};
