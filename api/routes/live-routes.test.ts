import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { frameMessage, type LiveMessage } from '../../core/live/messages.ts';
import type { User } from '../../core/schema/user.ts';
import { otherTownship, village } from '../../test/fixtures/api/alert-events.ts';
import { fromLoopback } from '../../test/fixtures/api/from-loopback.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const start = JSON.stringify({ type: 'start', codec: 'avc1.42c01e', width: 2, height: 2, startedAt: 1 });
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A worker that shows what it is told to. */
const openWorker = async (messages: readonly LiveMessage[], refusal?: object) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    if (refusal) response.writeHead(503).end(JSON.stringify(refusal));
    else if (request.url === '/picture') response.setHeader('X-Captured-At', '7').end('jpeg');
    else for (const message of messages) response.write(frameMessage(message));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const apiWith = async (messages: readonly LiveMessage[] = [], refusal?: object) => {
  const api = testApi();
  const worker = await openWorker(messages, refusal);
  for (const id of ['gate-1', 'lane-2', 'far-3'])
    api.bus.answerLiveDoor(id, () => ({ url: worker.url, token: 'once' }));
  await api.app.ready();
  const looks = async () => (await api.bus.lastAudit())?.value;
  return { ...api, worker, looks };
};

const user: User = { id: 'wang', ground: village, passwordHash: testHash, roles: ['operator'] };

/** What a viewer gets, with the code that ends it. */
const watch = async (api: Awaited<ReturnType<typeof apiWith>>, url: string, headers = {}) => {
  const got: string[] = [];
  const socket = await api.app.injectWS(
    url,
    { ...fromLoopback, headers: { host: 'localhost', ...headers } },
    {
      onInit: (viewer) => {
        viewer.on('message', (data: Buffer) => got.push(data.toString()));
        viewer.on('close', (code) => got.push(`closed ${code}`));
      },
    },
  );
  return { socket, got, until: (part: string) => vi.waitFor(() => expect(got.join(' ')).toContain(part)) };
};

test('a picture is relayed from the camera’s worker, and the look is written down', async () => {
  const { app, worker, looks } = await apiWith();

  const answer = await app.inject('/api/v1/cameras/gate-1/snapshot.jpg');
  await app.inject('/api/v1/cameras/gate-1/snapshot.jpg');

  expect([answer.statusCode, answer.body]).toEqual([200, 'jpeg']);
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-captured-at': '7' });
  expect(worker.asked[0]).toBe('/picture Bearer once');
  expect(await looks()).toMatchObject({
    number: 1,
    entry: { who: 'local', what: 'liveSeen', target: 'cameras/gate-1', place: village },
  });
});

test('a dark camera is answered with since when and why, never with an old picture', async () => {
  const message = "camera 'gate-1' gives no picture since 2026-01-05T12:00:00.000Z: lost, unreachable";
  const { app } = await apiWith([], { code: 'camera-dark', kind: 'unavailable', message });

  const answer = await app.inject('/api/v1/cameras/gate-1/snapshot.jpg');

  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'camera-dark', message });
});

test('a camera that no worker has is answered as such', async () => {
  const answer = await testApi().app.inject('/api/v1/cameras/gate-1/snapshot.jpg');

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'camera-unwatched']);
});

test('a viewer gets words as text and pictures as bytes, in order', async () => {
  const api = await apiWith([start, Buffer.from('init'), Buffer.from('fragment')]);

  const viewer = await watch(api, '/api/v1/cameras/gate-1/live');

  await viewer.until('fragment');
  expect(viewer.got).toEqual([start, 'init', 'fragment']);
  expect(await api.looks()).toMatchObject({ entry: { what: 'liveSeen', target: 'cameras/gate-1' } });
  viewer.socket.terminate();
  await api.app.close();
});

test('what was found, and another codec, are asked of the worker; nothing else is passed on', async () => {
  const api = await apiWith([start]);

  const viewer = await watch(api, '/api/v1/cameras/gate-1/live?tracks=1&codec=mpeg1');

  await viewer.until('start');
  expect(api.worker.asked).toEqual(['/live?tracks=1&codec=mpeg1 Bearer once']);
  await expect(watch(api, '/api/v1/cameras/gate-1/live?codec=vp9')).rejects.toThrow(/400/);
  viewer.socket.terminate();
  await api.app.close();
});

test('a viewer whose worker refuses is told why', async () => {
  const api = await apiWith([], { code: 'live-full', kind: 'exhausted', message: '32 viewers' });

  const viewer = await watch(api, '/api/v1/cameras/gate-1/live');

  await viewer.until('closed 4000');
  expect(viewer.got).toEqual([
    JSON.stringify({ type: 'end', reason: 'live-full: 32 viewers' }),
    'closed 4000',
  ]);
  await api.app.close();
});

test('a viewer is told once why its worker ends', async () => {
  const end = JSON.stringify({ type: 'end', reason: 'camera-dark: since noon' });
  const api = await apiWith([start, end]);

  const viewer = await watch(api, '/api/v1/cameras/gate-1/live');
  await viewer.until('start');
  for (const server of servers) server.closeAllConnections();

  await viewer.until('closed 4000');
  expect(viewer.got).toEqual([start, end, 'closed 4000']);
  await api.app.close();
});

test('a ticket opens one stream once, within half a minute, and no other camera’s', async () => {
  const api = await apiWith([start]);
  api.resources.userList.push(user);
  const ticket = async (): Promise<string> => {
    const url = '/api/v1/cameras/gate-1/live/tickets';
    return (await api.app.inject({ method: 'POST', url, headers: basic('wang', testSecret) })).json().url;
  };
  const [used, late, other] = [await ticket(), await ticket(), await ticket()];

  const viewer = await watch(api, used);
  await viewer.until('start');

  await expect(watch(api, used)).rejects.toThrow(/401/);
  await expect(watch(api, other.replace('gate-1', 'lane-2'))).rejects.toThrow(/401/);
  await api.clock.advance(30_000);
  await expect(watch(api, late)).rejects.toThrow(/401/);
  viewer.socket.terminate();
  await api.app.close();
});

test('regression: media without rights: no live picture leaves the ground or goes to other roles', async () => {
  const api = await apiWith([start]);
  const headers = basic('wang', testSecret);
  const codes = async (id: string) => {
    const at = `/api/v1/cameras/${id}`;
    const picture = await api.app.inject({ url: `${at}/snapshot.jpg`, headers });
    const ticket = await api.app.inject({ method: 'POST', url: `${at}/live/tickets`, headers });
    const stream = await watch(api, `${at}/live`, headers).catch(String);
    return [picture.statusCode, ticket.statusCode, /\d{3}/.exec(String(stream))?.[0]];
  };
  api.resources.userList.push(user);

  expect(await codes('lane-2')).toEqual([404, 404, '404']);
  expect(await codes('far-3')).toEqual([404, 404, '404']);
  api.resources.userList.splice(0, 1, { ...user, roles: ['systemAdministrator'] });
  expect(await codes('gate-1')).toEqual([403, 403, '403']);
  expect(api.worker.asked).toEqual([]);
  await expect(watch(api, '/api/v1/cameras/gate-1/live')).rejects.toThrow(/401/);
  await api.app.close();
});

test.each<[string, Partial<User>]>([
  ['ground', { ground: otherTownship }],
  ['roles', { roles: ['auditor'] }],
  ['secret', { passwordHash: testHash.replace('AwMD', 'BBBB') }],
])('a stream ends within a second when the user’s %s changes', async (_, change) => {
  const api = await apiWith([start]);
  api.resources.userList.push(user);
  const viewer = await watch(api, '/api/v1/cameras/gate-1/live', basic('wang', testSecret));
  await viewer.until('start');

  api.resources.userList.splice(0, 1, { ...user, ...change });
  await api.clock.advance(1000);

  await viewer.until('closed 4000');
  expect(viewer.got.at(-2)).toContain('signed-out');
  await api.app.close();
});

test('a page of another origin opens no stream', async () => {
  const api = await apiWith([start]);

  const other = watch(api, '/api/v1/cameras/gate-1/live', { origin: 'https://evil.example' });

  await expect(other).rejects.toThrow(/403/);
  await api.app.close();
});
