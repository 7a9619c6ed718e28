import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../../core/runtime/clock.ts';
import { openSimulator } from '../../../deploy/simulator/index.ts';
import { encodeClip, moving } from '../../../test/fixtures/ingest/encode-clip.ts';
import { AddressGuard } from '../address-guard.ts';
import { openFfmpegRtsp } from './open-ffmpeg-rtsp.ts';
import { ReaderSeats } from './reader-seats.ts';

const servers: Server[] = [];

beforeAll(() => Log.setLevel(AV_LOG_QUIET));

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that does with each connection what it is told to. Gives its port. */
const serve = async (host: string, onConnection: (socket: Socket) => void): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  }).listen(0, host);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const open = (port: number, signal = new AbortController().signal) =>
  openFfmpegRtsp({
    url: `rtsp://127.0.0.1:${port}/live`,
    transport: 'tcp',
    credentials: { user: 'viewer', password: 'hunter2' },
    guard: new AddressGuard({ allowedNetworks: ['127.0.0.1'] }),
    clock: systemClock,
    seats: new ReaderSeats(1),
    socketTimeoutMs: 10_000,
    openTimeoutMs: 1_000,
    signal,
  });

test.each(['OPTIONS', 'DESCRIBE'])('does not follow a camera that redirects at %s', async (method) => {
  let visits = 0;
  const elsewhere = await serve('127.0.0.2', (socket) => {
    visits++;
    socket.destroy();
  });
  const port = await serve('127.0.0.1', (socket) =>
    socket.on('data', (data) => {
      const text = String(data);
      const isRedirect = text.startsWith(method) || method === 'OPTIONS';
      const status = isRedirect ? `302 Found\r\nLocation: rtsp://127.0.0.2:${elsewhere}/x` : '200 OK';
      socket.write(`RTSP/1.0 ${status}\r\n${/CSeq: \d+/i.exec(text)?.[0]}\r\n\r\n`);
    }),
  );

  await expect(open(port)).rejects.toMatchObject({ code: 'stream-address-forbidden' });
  expect(visits).toBe(0);
});

test('tells a host that answers nothing from one that speaks something else', async () => {
  const silent = await serve('127.0.0.1', (socket) => socket.resume());
  const web = await serve('127.0.0.1', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

  await expect(open(silent)).rejects.toMatchObject({ code: 'stream-stalled' });
  await expect(open(web)).rejects.toMatchObject({
    code: 'stream-refused',
    message: expect.stringContaining('does not speak RTSP'),
  });
});

test('gives up at once when it is not wanted any more', async () => {
  const silent = await serve('127.0.0.1', (socket) => socket.resume());
  const wanted = new AbortController();
  const opening = open(silent, wanted.signal);

  setImmediate(() => wanted.abort());

  expect(await opening).toBeUndefined();
});

test('says goodbye, so that the camera does not keep the session', async () => {
  const folder = await mkdtemp(`${tmpdir()}/open-rtsp-`);
  const file = await encodeClip(folder, 'moving.mp4', moving, 'h264');
  await using simulator = await openDisposable(file);
  const requests: string[] = [];
  const port = await serve('127.0.0.1', (socket) => {
    const camera = connect(simulator.port, '127.0.0.1').on('error', () => undefined);
    socket.on('data', (data) => requests.push(String(data).split(' ', 1)[0] ?? ''));
    socket.pipe(camera).pipe(socket);
  });
  const stream = await open(port);
  await stream?.read();

  stream?.interrupt();
  expect(await stream?.read()).toBeUndefined();
  await stream?.close();

  await vi.waitFor(() => expect(requests).toContain('TEARDOWN'), { timeout: 2_000 });
  await rm(folder, { recursive: true });
});

const openDisposable = async (file: string) => {
  const simulator = await openSimulator({ mounts: [{ path: '/live', file }] });
  return { port: simulator.port, [Symbol.asyncDispose]: () => simulator.close() };
};
