import type { Bus, BusMessage } from '../../core/bus/bus.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { SentEvent } from './alert-ring.ts';
import type { EventClient } from './event-client.ts';

export interface ReplayOptions {
  bus: Pick<Bus, 'follow'>;
  client: EventClient;
  /** Sequence of the last event the client has. */
  after: number;
  toSent(message: BusMessage<AlertEvent>): SentEvent;
  /** Asked after each event and at the end of what there is; true when somebody else goes on from `delivered`. */
  takeOver(delivered: number, isCaughtUp: boolean): boolean;
  /** Calls back when somebody else could take over at all. */
  onFollowing(proceed: () => void): void;
}

/**
 * Serves a client from the bus with what it has missed, until the live side takes over or the client goes. Events
 * that the bus no longer has are a gap, and the client is told which.
 */
export const replayFromBus = async (options: ReplayOptions): Promise<void> => {
  const { bus, client, after, toSent, takeOver, onFollowing } = options;
  const done = new AbortController();
  let delivered = after;
  let isFirst = true;
  let isCaughtUp = false;
  const offer = (): void => {
    if (!done.signal.aborted && takeOver(delivered, isCaughtUp)) done.abort();
  };
  onFollowing(offer);
  await bus.follow({
    stream: 'ALERTS',
    from: { sequence: after + 1 },
    signal: AbortSignal.any([done.signal, client.ended]),
    onMessage: (message) => {
      if (done.signal.aborted) return;
      if (isFirst && message.sequence > after + 1)
        client.tell('gap', { from: after + 1, to: message.sequence - 1 });
      isFirst = false;
      client.deliver(toSent(message));
      delivered = message.sequence;
      offer();
    },
    onCaughtUp: () => {
      isCaughtUp = true;
      offer();
    },
  });
};
