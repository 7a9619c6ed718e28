import { Type } from 'typebox';
import type { WebSocket } from 'ws';
import { closed } from '../../core/schema/closed.ts';
import type { LiveSink } from '../live/live-relay.ts';
import { LinkView } from '../schema/link-views.ts';
import { cameraId, findCamera } from './find-camera.ts';
import { signature } from './link-query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const description = `A WebSocket. First a text message \`{"type":"start","codec","width","height","startedAt"}\`: ask
\`MediaSource.isTypeSupported\` for \`video/mp4; codecs="…"\`. Then binary messages of fragmented MP4: the initialisation segment,
and a fragment a picture from the last keyframe on, each with its capture time in a \`prft\` box. Another \`start\` means that
the camera is coded anew. The last message is \`{"type":"end","reason"}\`. H.265 is sent as it is (\`hvc1\`). A browser cannot send
a header: it asks for a ticket first.

With \`tracks=1\` text messages say what was found: \`{"type":"tracks","version":1,"capturedAt","mediaSeconds","tracks"}\` for each
picture that was analysed (boxes as shares of the picture), and \`{"type":"tier","version":1,"at","tier"}\` first and when it changes: of
a dormant camera come no tracks. \`mediaSeconds\` is the picture's time in the stream; at 0 is what was captured at \`startedAt\`.

With \`codec=mpeg1\` the binary messages are an MPEG transport stream of MPEG-1, encoded for this viewer; \`start\` then has the
codec \`mpeg1\`, \`sourceCodec\`, and \`mediaSeconds\` of the first picture. Few are encoded at once: \`mpeg1-full\`.`;

const params = closed({ cameraId });
/** Private use (RFC 6455, 7.4.2): what came before says why. */
const endedCode = 4000;

/** A camera as it is now: a picture, or live. Who looks is written down before they see. */
export const addLiveRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addPictureRoute(app, deps);
  addTicketRoute(app, deps);
  addStreamRoute(app, deps);
};

const addPictureRoute = (app: ApiServer, { resources, relay, trail }: RouteDeps): void => {
  app.get(
    '/api/v1/cameras/:cameraId/snapshot.jpg',
    {
      config: { right: 'live.read', link: 'sig' },
      schema: {
        operationId: 'getCameraSnapshot',
        summary: 'The latest picture of a camera; of a dark one, since when and why there is none',
        tags: ['live'],
        params,
        querystring: closed({ sig: signature }),
        response: {
          200: {
            description:
              'The picture, at most some seconds old; `X-Captured-At` says when light hit the sensor.',
            content: { 'image/jpeg': { schema: Type.String({ format: 'binary' }) } },
          },
          ...errorAnswers(404, 504),
        },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const camera = findCamera(resources, principal, request.params.cameraId);
      await trail.seen(request, { what: 'liveSeen', target: `cameras/${camera.id}`, place: camera.place });
      const { jpeg, capturedAt } = await relay.picture(camera);
      reply.header('Cache-Control', 'no-store').header('X-Captured-At', capturedAt).type('image/jpeg');
      return reply.send(jpeg as never);
    },
  );
};

const addTicketRoute = (app: ApiServer, { resources, links }: RouteDeps): void => {
  app.post(
    '/api/v1/cameras/:cameraId/live/tickets',
    {
      config: { right: 'live.read' },
      schema: {
        operationId: 'createLiveTicket',
        summary: 'An address that opens a camera’s live stream once, within half a minute',
        tags: ['live'],
        params,
        response: { ...answer(LinkView, 'The address.'), ...errorAnswers(404) },
      },
    },
    (request) => {
      const camera = findCamera(resources, principalOf(request), request.params.cameraId);
      return links.sign('ticket', `/api/v1/cameras/${camera.id}/live`, principalOf(request));
    },
  );
};

const addStreamRoute = (app: ApiServer, { resources, relay, trail, authenticator }: RouteDeps): void => {
  app.get(
    '/api/v1/cameras/:cameraId/live',
    {
      websocket: true,
      config: { right: 'live.read', link: 'ticket' },
      schema: {
        operationId: 'watchCamera',
        summary: 'A camera live, as fragmented MP4 over a WebSocket',
        description,
        tags: ['live'],
        params,
        querystring: closed({
          ticket: signature,
          tracks: Type.Optional(
            Type.Literal('1', { description: 'Tell what was found in the pictures too.' }),
          ),
          codec: Type.Optional(Type.Literal('mpeg1', { description: 'For who cannot play what is sent.' })),
        }),
        response: { 101: Type.Null({ description: 'The stream.' }), ...errorAnswers(404) },
      },
      preHandler: async (request) => {
        const principal = principalOf(request);
        const { cameraId: id } = request.params as { cameraId: string };
        const camera = findCamera(resources, principal, id);
        relay.refuseWhenFull();
        await trail.seen(request, { what: 'liveSeen', target: `cameras/${camera.id}`, place: camera.place });
      },
    },
    (socket, request) => {
      const principal = principalOf(request);
      const camera = findCamera(resources, principal, request.params.cameraId);
      const gone = new AbortController();
      socket.on('close', () => gone.abort());
      socket.on('error', () => gone.abort());
      const mayLook = (): boolean =>
        authenticator.isStillValid(principal) &&
        resources.cameras().some(({ id, place }) => id === camera.id && place === camera.place);
      const { tracks, codec } = request.query;
      const wish = { tracks: tracks === '1', mpeg1: codec === 'mpeg1' };
      void relay.show(camera, wish, { sink: toSink(socket), gone, mayLook });
    },
  );
};

const toSink = (socket: WebSocket): LiveSink => ({
  send: (message) =>
    new Promise((resolve) => {
      socket.send(message, () => resolve());
    }),
  close: (reason) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ type: 'end', reason }));
    socket.close(endedCode);
  },
});
