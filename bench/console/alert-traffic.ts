import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectedBus } from '../../core/bus/connect-bus.ts';
import type { AlertEvent, AlertState } from '../../core/schema/alert.ts';
import { type AlertCamera, newAlert } from '../api/publish.ts';

export interface TrafficOptions {
  bus: ConnectedBus;
  cameras: readonly AlertCamera[];
  /** Alerts a second. */
  rate: number;
  signal: AbortSignal;
}

/** What was published so far. */
export interface Traffic {
  readonly raised: number;
  readonly resolved: number;
  /** Waits until nothing is published any more; to be called after the signal. */
  readonly ended: Promise<void>;
}

/** Somebody deals with each alert, as long as this after it was raised: so many seconds of alerts are open at a time. */
const acknowledgedAfterMs = 20_000;
const resolvedAfterMs = 60_000;

type Raised = AlertEvent & { type: 'raised' };

const step = ({ alertId, cameraId, place }: Raised, to: AlertState): AlertEvent => ({
  ...{ schemaVersion: 1, eventId: `${alertId}.transition.${to}`, alertId, cameraId, place },
  ...{ at: Date.now(), type: 'transition', to, by: 'bench' },
});

/** Raises alerts at a rate and lets each be dealt with after a minute, until the signal: as many come as go. */
export const startTraffic = ({ bus, cameras, rate, signal }: TrafficOptions): Traffic => {
  const count = { raised: 0, resolved: 0 };
  const raise = async (): Promise<void> => {
    const begin = performance.now();
    const waiting: { at: number; event: Raised; to: AlertState }[] = [];
    for (let index = 0; !signal.aborted; index++) {
      await sleep(Math.max(0, begin + (index * 1000) / rate - performance.now()));
      const event = newAlert(index, cameras[index % cameras.length]);
      await bus.appendAlertEvent(event);
      count.raised++;
      const now = performance.now();
      waiting.push({ at: now + acknowledgedAfterMs, event, to: 'acknowledged' });
      waiting.push({ at: now + resolvedAfterMs, event, to: 'resolved' });
      waiting.sort((one, other) => one.at - other.at);
      while ((waiting[0]?.at ?? Number.POSITIVE_INFINITY) <= now) {
        const due = waiting.shift();
        if (!due) break;
        await bus.appendAlertEvent(step(due.event, due.to));
        if (due.to === 'resolved') count.resolved++;
      }
    }
  };
  const ended = raise();
  ended.catch(() => undefined); // told by whoever waits for it
  return {
    get raised() {
      return count.raised;
    },
    get resolved() {
      return count.resolved;
    },
    ended,
  };
};
