import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Severity } from '../../core/schema/severity.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import type { EventSink } from '../live/event-client.ts';
import { eventFormats, serverSentEvents, toFrame } from '../live/event-encoding.ts';
import { exampleAlert } from '../schema/example-alert.ts';
import { anyOf, place } from '../schema/query.ts';
import { type ApiServer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** A browser that was cut off comes back after this long. */
const retryMs = 3000;

const description = `Server-sent events. Each alert event has its type as \`event\` (raised, updated, ended, resumed,
joined, mediaReady, mediaMissing, mediaDeleted, acted, escalated, transition, commented), its place in the bus stream as \`id\` and the event as JSON in \`data\`. Besides: \`ready\` (from here on events
come as they happen), \`gap\` (events \`from\`–\`to\` are no longer to be had), \`reset\` (the numbers begin anew: load the list
again) and \`end\` with a \`reason\`: too-slow, closing, signed-out or error. A client that comes back with \`Last-Event-ID\` gets
what it missed.`;

const exampleStream = `retry: ${retryMs}\n\n${toFrame('ready', { lastEventId: 16 })}${toFrame(
  'ended',
  {
    ...{
      schemaVersion: 1,
      type: 'ended',
      eventId: `${exampleAlert.alertId}.ended`,
      alertId: exampleAlert.alertId,
    },
    ...{ cameraId: exampleAlert.cameraId, place: exampleAlert.place, severity: exampleAlert.severity },
    ...{ at: 1_767_614_460_000, endedAt: 1_767_614_460_000 },
  },
  17,
)}`;

/** Alerts as they happen. */
export const addAlertEventRoutes = (app: ApiServer, { hub, authenticator }: RouteDeps): void => {
  app.get(
    '/api/v1/alerts/events',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'streamAlertEvents',
        summary: 'Alerts of the ground as they happen',
        description,
        tags: ['alerts'],
        headers: Type.Object({
          'last-event-id': Type.Optional(
            Type.String({ description: 'number of the last event the client has; it goes on behind it' }),
          ),
        }),
        querystring: closed({
          place,
          severity: anyOf(Severity, 'only alerts of these severities'),
          format: Type.Optional(Type.Enum(eventFormats)),
        }),
        response: {
          200: {
            description: 'The stream.',
            content: { 'text/event-stream': { schema: Type.String({ examples: [exampleStream] }) } },
          },
          ...errorAnswers(),
        },
      },
    },
    (request, reply) => {
      const principal = principalOf(request);
      const placePrefix = narrowGround(principal.ground, request.query.place);
      if (placePrefix === undefined) {
        throw apiError('ground-forbidden', `place ${request.query.place} is not in your ground`);
      }
      const lastEventId = parseLastEventId(request.headers['last-event-id']);
      hub.refuseWhenFull(lastEventId);
      const { raw } = reply;
      reply.hijack();
      raw.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        Connection: 'close', // an idle connection would hold up the end until it is cut
        'X-Accel-Buffering': 'no', // nginx would otherwise hold events back
      });
      raw.write(`retry: ${retryMs}\n\n`);
      const client = hub.join({
        sink: toSink(raw),
        ...(request.query.format === 'cloudevents' ? { encoding: serverSentEvents('cloudevents') } : {}),
        filter: { placePrefix, severities: request.query.severity ?? [] },
        isAllowed: () => authenticator.isStillValid(principal),
        ...(lastEventId === undefined ? {} : { lastEventId }),
      });
      raw.on('close', () => client.gone());
    },
  );
};

const parseLastEventId = (header: string | string[] | undefined): number | undefined => {
  if (header === undefined || header === '') return undefined;
  const id = Number(header);
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return id;
  throw apiError(
    'request-invalid',
    'header Last-Event-ID is not the number of an event; leave it out to begin now',
  );
};

const toSink = (raw: ServerResponse): EventSink => ({
  write: (text) => {
    raw.write(text);
  },
  get bufferedBytes() {
    return raw.writableLength;
  },
  end: () => {
    raw.end();
  },
  destroy: () => {
    raw.destroy();
  },
});
