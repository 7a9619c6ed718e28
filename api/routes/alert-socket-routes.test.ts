import type { WebSocket } from '@fastify/websocket';
import { afterEach, expect, test, vi } from 'vitest';
import { otherTownship, raisedAlert, raisedEvent, village } from '../../test/fixtures/api/alert-events.ts';
import { fromLoopback } from '../../test/fixtures/api/from-loopback.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

type TestApi = ReturnType<typeof testApi>;

let api: TestApi | undefined;
afterEach(async () => {
  await api?.app.close();
  api = undefined;
});

const start = async (): Promise<TestApi> => {
  api = testApi();
  api.resources.userList.push({ id: 'wang', ground: '431103110', passwordHash: testHash });
  await api.app.ready();
  await vi.waitFor(() => expect(api?.bus.following.get('ALERTS')).toBe(2));
  return api;
};

/** What a client has heard, in short, and how it was closed. */
const listen = async ({ app }: TestApi, query = '', headers: Record<string, string> = {}) => {
  const heard: { id?: number; event: string; data: Record<string, unknown> }[] = [];
  const closed: string[] = [];
  const onInit = (socket: WebSocket): void => {
    socket.on('message', (bytes: Buffer) => heard.push(JSON.parse(bytes.toString('utf8'))));
    socket.on('close', (code: number, reason: Buffer) => closed.push(`${code} ${reason.toString('utf8')}`));
  };
  const context = { headers: { host: '127.0.0.1', ...basic('wang', testSecret), ...headers } };
  const socket = await app.injectWS(
    `/api/v1/alerts/socket${query}`,
    { ...fromLoopback, ...context },
    { onInit },
  );
  return { socket, heard, closed, events: () => heard.map(({ event, id = '' }) => `${event} ${id}`.trim()) };
};

const raise = ({ bus }: TestApi, place: string): void => {
  bus.push('ALERTS', raisedEvent(raisedAlert({ place })));
};

test('a client hears of the alerts of its ground alone, as they happen', async () => {
  const server = await start();
  const { socket, events } = await listen(server);
  socket.send('{}');
  await vi.waitFor(() => expect(events()).toEqual(['ready']));
  for (const place of [otherTownship, village]) raise(server, place);

  await vi.waitFor(() => expect(events()).toEqual(['ready', 'raised 2']));
});

test('a client that comes back with its last event gets what it missed', async () => {
  const server = await start();
  for (let count = 0; count < 3; count++) raise(server, village);
  const { socket, events } = await listen(server);
  socket.send('{"lastEventId": 1}');

  await vi.waitFor(() => expect(events()).toEqual(['raised 2', 'raised 3', 'ready']));
});

test('events come as CloudEvents when asked for', async () => {
  const server = await start();
  const { socket, heard } = await listen(server, '?format=cloudevents');
  socket.send('{}');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  raise(server, village);

  await vi.waitFor(() => expect(heard[1]?.data).toMatchObject({ type: 'cn.xueliang.alert.raised.v1' }));
});

test.each([
  ['a second message', ['{}', '{}'], '1008 message-forbidden'],
  ['a message with more in it', ['{"ground": "4311"}'], '1008 message-forbidden'],
  ['what is not JSON', ['subscribe'], '1008 message-forbidden'],
  ['a place of somebody else', ['{"place": "431103111"}'], '1008 ground-forbidden'],
  ['a long message', [`{"place": "${'4'.repeat(300)}"}`], '1009 '],
])(
  'regression FIELD 5.2: %s over the WebSocket is refused and ends it',
  async (_what, messages, expected) => {
    const { socket, closed } = await listen(await start());
    for (const message of messages) socket.send(message);

    await vi.waitFor(() => expect(closed).toEqual([expected]));
  },
);

test('regression FIELD 5.2: a user who changes is cut off from the WebSocket, with the reason', async () => {
  const server = await start();
  const { socket, closed, events } = await listen(server);
  socket.send('{}');
  await vi.waitFor(() => expect(events()).toEqual(['ready']));
  server.resources.userList.length = 0;
  server.resources.userList.push({ id: 'wang', ground: '431103111', passwordHash: testHash });
  await server.clock.advance(15_000);

  await vi.waitFor(() => expect(closed).toEqual(['1008 signed-out']));
});

test.each([
  ['without signing in', { authorization: '' }, '401'],
  ['from a page of another origin', { origin: 'http://evil.example' }, '403'],
])('regression FIELD 5.2: refuses to open a WebSocket %s', async (_how, headers, status) => {
  const server = await start();

  await expect(listen(server, '', headers)).rejects.toThrow(status);
});

test('a client that says nothing is not kept', async () => {
  const server = await start();
  const { closed } = await listen(server);
  await server.clock.advance(10_000);

  await vi.waitFor(() => expect(closed).toEqual(['1008 opening-late']));
});
