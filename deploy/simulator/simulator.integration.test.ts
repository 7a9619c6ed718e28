import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSimulator, type Simulator } from './index.ts';

const run = promisify(execFile);

interface Packet {
  codec_type: string;
  pts_time?: string;
  dts_time?: string;
  flags: string;
  side_data_list?: { side_data_type: string }[];
}

let folder = '';
let simulator: Simulator;

const clip = (name: string): string => path.join(folder, name);

const encodeClip = async (name: string, ...options: string[]): Promise<void> => {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=25:duration=2'];
  await run('/usr/bin/ffmpeg', ['-v', 'error', ...picture, ...options, clip(name)]);
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulator-'));
  await encodeClip('h264.mp4', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-bf', '0');
  await encodeClip(
    'h265.mp4',
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-x265-params',
    'bframes=0:keyint=25:log-level=error',
  );
  await encodeClip('mjpeg.avi', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p');
  const file = clip('h264.mp4');
  const auth = { user: 'viewer', password: 'long password' };
  simulator = await openSimulator({
    mounts: [
      { path: '/loop', file },
      { path: '/once', file, loop: false, timeline: 'client' },
      { path: '/h265', file: clip('h265.mp4'), codec: 'h265' },
      { path: '/mjpeg', file: clip('mjpeg.avi'), codec: 'mjpeg' },
      { path: '/digest', file, auth },
      { path: '/basic', file, auth: { ...auth, method: 'basic' } },
      { path: '/stall', file, fault: { kind: 'stall', afterSeconds: 1 } },
      { path: '/garbage', file, timeline: 'client', fault: { kind: 'garbage', afterSeconds: 1 } },
      { path: '/close', file, fault: { kind: 'close', afterSeconds: 1 } },
      { path: '/audio', fault: { kind: 'audioOnly' } },
    ],
  });
});

afterAll(async () => {
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What ffprobe, which has nothing to do with the server, makes of a mount. */
const probe = async (
  url: string,
  ...options: string[]
): Promise<{ packets?: Packet[]; streams?: Record<string, unknown>[] }> => {
  const { stdout } = await run('/usr/bin/ffprobe', ['-v', 'fatal', '-of', 'json', ...options, url], {
    timeout: 30_000,
  });
  return JSON.parse(stdout);
};

const packetsOf = async (mount: string, seconds: number, transport = 'tcp'): Promise<Packet[]> => {
  const options = ['-rtsp_transport', transport, '-show_packets', '-read_intervals', `%+${seconds}`];
  return (await probe(simulator.url(mount), ...options)).packets ?? [];
};

const codecsOf = async (url: string): Promise<unknown[]> => {
  const { streams = [] } = await probe(url, '-rtsp_transport', 'tcp', '-show_streams');
  return streams.map((stream) => stream['codec_name']);
};

/** FFmpeg gives the first picture of a session no time. */
const gapsMs = (packets: readonly Packet[], key: 'pts_time' | 'dts_time'): number[] => {
  const times = packets.flatMap((packet) => (packet[key] === undefined ? [] : [Number(packet[key]) * 1000]));
  return times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)));
};

const withCredentials = (mount: string, password: string): string =>
  simulator.url(mount).replace('rtsp://', `rtsp://viewer:${encodeURIComponent(password)}@`);

describe('openSimulator', () => {
  it.each(['tcp', 'udp'])(
    'plays a clip over %s with RTP time going on over the cut of the loop',
    async (transport) => {
      const packets = await packetsOf('/loop', 5, transport);

      expect(packets.length).toBeGreaterThan(110);
      expect(new Set(gapsMs(packets, 'pts_time'))).toEqual(new Set([40]));
      expect(new Set(gapsMs(packets, 'dts_time'))).toEqual(new Set([40]));
      expect(packets.filter((packet) => packet.flags.startsWith('K')).length).toBeGreaterThanOrEqual(4);
    },
  );

  it('sends RTCP sender reports, so that a receiver knows the wall-clock time of pictures', async () => {
    const packets = await packetsOf('/loop', 6);

    const kinds = packets.flatMap((packet) => packet.side_data_list ?? []).map((side) => side.side_data_type);
    expect(kinds).toContain('Producer Reference Time');
  });

  it('starts every session with parameter sets and a keyframe', async () => {
    const { streams } = await probe(simulator.url('/loop'), '-rtsp_transport', 'tcp', '-show_streams');

    expect(streams).toMatchObject([{ codec_name: 'h264', width: 320, height: 240, r_frame_rate: '25/1' }]);
    expect((await packetsOf('/loop', 1))[0]?.flags).toMatch(/^K/);
  });

  it('ends the stream of a clip that is played once', async () => {
    const packets = await packetsOf('/once', 20);

    expect(packets).toHaveLength(50);
  });

  it.each([
    ['/h265', ['hevc']],
    ['/mjpeg', ['mjpeg']],
    ['/audio', ['pcm_alaw']],
  ])('serves %s as the codec it is', async (mount, codecs) => {
    expect(await codecsOf(simulator.url(mount))).toEqual(codecs);
  });

  it('loops H.265 without a gap', async () => {
    expect(new Set(gapsMs(await packetsOf('/h265', 3), 'pts_time'))).toEqual(new Set([40]));
  });

  it.each(['/digest', '/basic'])('asks for a name and password on %s', async (mount) => {
    expect(await codecsOf(withCredentials(mount, 'long password'))).toEqual(['h264']);
    await expect(codecsOf(withCredentials(mount, 'wrong'))).rejects.toThrow();
    await expect(run('/usr/bin/ffprobe', ['-v', 'error', simulator.url(mount)])).rejects.toThrow('401');
  });

  it('answers 404 for a path without a camera', async () => {
    await expect(run('/usr/bin/ffprobe', ['-v', 'error', simulator.url('/nowhere')])).rejects.toThrow('404');
  });

  it('stalls with the connection open', async () => {
    const startedAt = performance.now();
    const options = ['-rtsp_transport', 'tcp', '-timeout', '1000000', '-show_packets'];

    const { packets } = await probe(simulator.url('/stall'), ...options);

    expect(packets).toHaveLength(25);
    // Nobody told the receiver that it is over: it gave up waiting.
    expect(performance.now() - startedAt).toBeGreaterThan(1900);
  });

  it('sends garbage that arrives and cannot be decoded', async () => {
    const options = [
      '-rtsp_transport',
      'tcp',
      '-show_streams',
      '-count_frames',
      '-count_packets',
      '-read_intervals',
      '%+3',
    ];

    const { streams } = await probe(simulator.url('/garbage'), ...options);

    const packets = Number(streams?.[0]?.['nb_read_packets']);
    expect(packets).toBeGreaterThan(40);
    expect(Number(streams?.[0]?.['nb_read_frames'])).toBeLessThan(packets * 0.6);
  });

  it('drops the connection of a mount that closes', async () => {
    const packets = await packetsOf('/close', 20);

    expect(packets.length).toBeGreaterThan(20);
    expect(packets.length).toBeLessThan(40);
  });

  it('says which clip it cannot read', async () => {
    const mounts = [{ path: '/a', file: clip('missing.mp4') }];

    await expect(openSimulator({ mounts })).rejects.toMatchObject({
      code: 'simulator-failed',
      message: expect.stringContaining('missing.mp4'),
    });
  });

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = (other.address() as { port: number }).port;

    const opening = openSimulator({ port, mounts: [{ path: '/a', file: clip('h264.mp4') }] });

    await expect(opening).rejects.toMatchObject({
      code: 'simulator-failed',
      message: expect.stringContaining(`${port}`),
    });
    other.close();
  });

  it('has ended when close resolves, also the second time', async () => {
    const other = await openSimulator({ mounts: [{ path: '/a', file: clip('h264.mp4') }] });

    await Promise.all([other.close(), other.close()]);

    expect(() => process.kill(other.pid, 0)).toThrow('ESRCH');
    await other.done;
  });

  it('ends by itself when the process that started it is gone', async () => {
    const script = fileURLToPath(new URL('./rtsp-server.py', import.meta.url));
    const child = spawn('/usr/bin/python3', ['-B', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${JSON.stringify({ mounts: [{ path: '/a', file: clip('h264.mp4') }] })}\n`);
    await once(child.stdout, 'data');

    child.stdin.end();

    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it("rejects with the signal's reason when starting is given up", async () => {
    const given = new AbortController();
    const opening = openSimulator({ mounts: [{ path: '/a', file: clip('h264.mp4') }], signal: given.signal });

    given.abort('given up');

    await expect(opening).rejects.toBe('given up');
  });
});
