import type { WebSocket } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { closed } from '../../core/schema/closed.ts';
import { PlaceCode } from '../../core/schema/ids.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { eventFormats, socketMessages } from '../live/event-encoding.ts';
import { toSocketSink } from '../live/socket-sink.ts';
import { type ApiServer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const Opening = closed({
  lastEventId: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  place: Type.Optional(PlaceCode),
});
const validator = Compile(Opening);

/** What a client says fits in this; `ws` closes whoever sends more (1009). */
export const socketMaxPayload = 256;
const openingWithinMs = 10_000;
/** Sockets that have not said yet what they want. */
const maxUnopened = 64;
/** RFC 6455, 7.4.1. */
const policyViolation = 1008;
const tryAgainLater = 1013;

const description = `A WebSocket with the same events as \`/api/v1/alerts/events\`. The client says once, within ten seconds, what it
wants: \`{"lastEventId": 17, "place": "431103110"}\`, both optional. It is then told \`{id, event, data}\` for each alert event, and
\`{event, data}\` for \`ready\`, \`gap\`, \`reset\` and \`end\`, and \`{"event":"heartbeat"}\`. Any other message ends the connection (1008).
Closing tells the reason: too-slow (1013), closing (1001), signed-out (1008), error (1011).`;

/** Alerts as they happen, for those who cannot read server-sent events. */
export const addAlertSocketRoutes = (app: ApiServer, deps: RouteDeps): void => {
  let unopened = 0;
  app.get(
    '/api/v1/alerts/socket',
    {
      websocket: true,
      config: { right: 'alerts.read' },
      onRequest: async (request) => refuseOtherOrigin(request),
      schema: {
        operationId: 'followAlertEvents',
        summary: 'Alerts of the ground as they happen, over a WebSocket',
        description,
        tags: ['alerts'],
        querystring: closed({ format: Type.Optional(Type.Enum(eventFormats)) }),
        response: { 101: Type.Null({ description: 'The socket is open.' }), ...errorAnswers() },
      },
    },
    (socket, request) => {
      if (unopened >= maxUnopened) {
        socket.close(tryAgainLater, 'streams-exhausted');
        return;
      }
      unopened++;
      const waiting = new AbortController();
      waiting.signal.addEventListener('abort', () => unopened--, { once: true });
      socket.once('close', () => waiting.abort());
      socket.on('error', () => socket.terminate());
      void deps.clock.sleep(openingWithinMs, waiting.signal).then(() => {
        if (!waiting.signal.aborted) socket.close(policyViolation, 'opening-late');
      });
      socket.on('message', (bytes: Buffer) => {
        const opening = waiting.signal.aborted ? undefined : parse(bytes);
        waiting.abort();
        if (opening) open(socket, request, opening, deps);
        else socket.close(policyViolation, 'message-forbidden');
      });
    },
  );
};

/** A browser lets every page open a WebSocket with its user's credentials; only our own pages may (CWE-1385). */
const refuseOtherOrigin = ({ headers: { origin, host } }: FastifyRequest): void => {
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
  throw apiError('origin-forbidden', 'a page of another origin may not listen here');
};

const open = (
  socket: WebSocket,
  request: FastifyRequest,
  { place, lastEventId }: Static<typeof Opening>,
  { hub, authenticator }: RouteDeps,
): void => {
  const principal = principalOf(request);
  const placePrefix = narrowGround(principal.ground, place);
  if (placePrefix === undefined || !authenticator.isStillValid(principal)) {
    socket.close(policyViolation, placePrefix === undefined ? 'ground-forbidden' : 'signed-out');
    return;
  }
  const { format = 'plain' } = request.query as { format?: (typeof eventFormats)[number] };
  try {
    const client = hub.join({
      sink: toSocketSink(socket),
      encoding: socketMessages(format),
      filter: { placePrefix, severities: [] },
      isAllowed: () => authenticator.isStillValid(principal),
      ...(lastEventId === undefined ? {} : { lastEventId }),
    });
    socket.once('close', () => client.gone());
  } catch {
    socket.close(tryAgainLater, 'streams-exhausted'); // the only thing that joining throws
  }
};

const parse = (bytes: Buffer): Static<typeof Opening> | undefined => {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return validator.Check(value) ? value : undefined;
  } catch {
    return undefined; // not JSON
  }
};
