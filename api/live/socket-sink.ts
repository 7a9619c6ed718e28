import type { WebSocket } from '@fastify/websocket';
import type { EndReason, EventSink } from './event-client.ts';

/** Close codes of RFC 6455, 7.4.1: going away, policy violation, internal error, try again later (IANA). */
const closeCodes: Readonly<Record<EndReason, number>> = {
  closing: 1001,
  'signed-out': 1008,
  error: 1011,
  'too-slow': 1013,
};

export const toSocketSink = (socket: WebSocket): EventSink => ({
  write: (text) => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  },
  get bufferedBytes() {
    return socket.bufferedAmount;
  },
  end: (reason) => {
    socket.close(closeCodes[reason], reason);
  },
  destroy: () => {
    socket.terminate();
  },
});
