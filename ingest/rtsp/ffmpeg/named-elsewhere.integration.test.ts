import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { AV_LOG_QUIET } from 'node-av/constants';
import { FormatContext, InputFormat, Log } from 'node-av/lib';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../../core/runtime/clock.ts';
import { openSimulator, type Simulator } from '../../../deploy/simulator/index.ts';
import { encodeClip, moving } from '../../../test/fixtures/ingest/encode-clip.ts';
import { AddressGuard } from '../address-guard.ts';
import { openFfmpegRtsp } from './open-ffmpeg-rtsp.ts';
import { ReaderSeats } from './reader-seats.ts';

/** Where no camera of the site is. */
const elsewhere = '127.0.0.2';
let elsewherePort = 0;

let folder = '';
let simulator: Simulator;
let tcp: Server;
let udp: UdpSocket;
let visits = 0;
const datagrams: Buffer[] = [];

beforeAll(async () => {
  Log.setLevel(AV_LOG_QUIET);
  folder = await mkdtemp(`${tmpdir()}/named-elsewhere-`);
  const file = await encodeClip(folder, 'moving.mp4', moving, 'h264');
  simulator = await openSimulator({ mounts: [{ path: '/live', file }] });
  udp = createSocket('udp4').on('message', (bytes) => datagrams.push(bytes));
  await new Promise<void>((resolve) => udp.bind(0, elsewhere, resolve));
  elsewherePort = udp.address().port;
  tcp = createServer((socket) => {
    visits++;
    socket.destroy();
  }).listen(elsewherePort, elsewhere);
  await once(tcp, 'listening');
});
beforeEach(() => {
  visits = 0;
  datagrams.length = 0;
});
afterAll(async () => {
  udp.close();
  tcp.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});

type Lie = (method: string, answer: string) => string;

/** The simulated camera, with its answers rewritten. */
const lyingCamera = async (lie: Lie) => {
  const server = createServer((socket) => {
    let method = '';
    const camera = connect(simulator.port, '127.0.0.1').on('error', () => undefined);
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        method = bytes.toString('latin1').split(' ', 1)[0] ?? '';
      });
    socket.pipe(camera).on('close', () => socket.destroy());
    camera.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      socket.write(text.startsWith('RTSP/') ? Buffer.from(lie(method, text), 'latin1') : bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
  return { url, [Symbol.dispose]: () => server.close() };
};

const open = (url: string, transport: 'tcp' | 'udp') =>
  openFfmpegRtsp({
    ...{ url, transport, credentials: undefined, clock: systemClock, seats: new ReaderSeats(1) },
    guard: new AddressGuard({ allowedNetworks: ['127.0.0.1'] }),
    ...{ socketTimeoutMs: 3_000, openTimeoutMs: 3_000, signal: new AbortController().signal },
  });

const redirect =
  (at: string, protocol: string): Lie =>
  (method, answer) =>
    method === at
      ? `RTSP/1.0 302 Found\r\n${/CSeq: \d+/i.exec(answer)?.[0]}\r\nLocation: ${protocol}://${elsewhere}:${elsewherePort}/x\r\n\r\n`
      : answer;

/** Those that FFmpeg goes after. */
const protocols = ['rtsp', 'rtsps', 'satip'];
const redirects = ['OPTIONS', 'DESCRIBE'].flatMap((at) =>
  protocols.map((protocol) => [at, protocol] as const),
);

test.each(redirects)('at %s FFmpeg alone would follow a redirect to %s', async (at, protocol) => {
  using camera = await lyingCamera(redirect(at, protocol));
  const format = new FormatContext();
  format.allocContext();

  await format.openInput(camera.url, InputFormat.findInputFormat('rtsp'), null);
  await format.closeInput();

  expect(visits).toBe(1);
});

test.each(
  redirects.flatMap(([at, protocol]) => [['tcp', at, protocol] as const, ['udp', at, protocol] as const]),
)('over %s a camera that redirects at %s to %s leads nowhere', async (transport, at, protocol) => {
  using camera = await lyingCamera(redirect(at, protocol));

  await expect(open(camera.url, transport)).rejects.toMatchObject({
    code: expect.stringMatching(/^stream-(address-forbidden|refused)$/),
  });
  expect(visits).toBe(0);
});

test.each(['tcp', 'udp'] as const)('over %s a track elsewhere is asked for here', async (transport) => {
  using camera = await lyingCamera((_method, answer) =>
    // As long as before, so that the body's length stays right.
    answer.replace(/a=control:stream=0\r\n(a=[^\r]*)/, (found) =>
      `a=control:rtsp://${elsewhere}:${elsewherePort}/x\r\n`.padEnd(found.length, ' '),
    ),
  );

  await expect(open(camera.url, transport)).rejects.toMatchObject({ code: 'stream-not-found' });
  expect(visits).toBe(0);
});

const sourceElsewhere: Lie = (_method, answer) =>
  answer.replace(
    /^(Transport: .*)\r$/im,
    `$1;source=${elsewhere};server_port=${elsewherePort}-${elsewherePort}\r`,
  );

const watchBriefly = async (url: string, transport: 'tcp' | 'udp'): Promise<void> => {
  const stream = await open(url, transport);
  await stream?.read();
  stream?.interrupt();
  await stream?.close();
};

test('over tcp a source elsewhere is told nothing', async () => {
  using camera = await lyingCamera(sourceElsewhere);
  await watchBriefly(camera.url, 'tcp');

  expect(visits).toBe(0);
  expect(datagrams).toEqual([]);
});

test('over udp the camera decides who is told how it is received, not what is said', async () => {
  using camera = await lyingCamera(sourceElsewhere);
  await watchBriefly(camera.url, 'udp');

  await vi.waitFor(() => expect(datagrams.length).toBeGreaterThan(0));
  expect(visits).toBe(0);
  for (const bytes of datagrams) expect(bytes.length).toBeLessThanOrEqual(32);
});
