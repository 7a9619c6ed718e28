import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadSimulator, openLoadSimulator } from './open-simulator.ts';

const run = promisify(execFile);
const seconds = 4;
const moving = ['-f', 'lavfi', '-i', `testsrc2=size=640x480:rate=25:duration=${seconds}`];
const coders = {
  h264: ['-c:v', 'libx264', '-g', '50', '-bf', '0', '-x264-params', 'open-gop=0:repeat-headers=1:scenecut=0'],
  h265: [
    '-c:v',
    'libx265',
    '-x265-params',
    'keyint=50:bframes=0:open-gop=0:repeat-headers=1:log-level=error',
  ],
} as const;

let folder: string;
let simulator: LoadSimulator;

const encode = async (codec: keyof typeof coders): Promise<string> => {
  const file = path.join(folder, `${codec}.mp4`);
  const options = ['-preset', 'ultrafast', '-pix_fmt', 'yuv420p', file];
  await run('/usr/bin/ffmpeg', ['-v', 'error', ...moving, ...coders[codec], ...options]);
  return file;
};

/** The checksums that ffmpeg gives the decoded pictures, in order. */
const picturesOf = async (url: string, frames: number, ...input: string[]): Promise<string[]> => {
  const output = ['-frames:v', String(frames), '-f', 'framemd5', '-'];
  const { stdout } = await run('/usr/bin/ffmpeg', ['-v', 'error', ...input, '-i', url, ...output], {
    timeout: 30_000,
  });
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bench-simulator-'));
  const reels = [
    { id: 'h264', file: await encode('h264') },
    { id: 'h265', file: await encode('h265') },
  ];
  const cameras = reels.map(({ id }) => ({
    id: `cam-${id}`,
    parts: [{ reelId: id, frames: seconds * 25 }],
    offsetFrames: 30,
  }));
  simulator = await openLoadSimulator({ reels, cameras });
});

afterAll(async () => {
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('openLoadSimulator', () => {
  it.each(['h264', 'h265'])(
    'plays %s so that FFmpeg decodes every picture, over the seam too',
    async (codec) => {
      const wanted = await picturesOf(path.join(folder, `${codec}.mp4`), seconds * 25);

      const got = await picturesOf(simulator.url(`cam-${codec}`), 110, '-rtsp_transport', 'tcp');

      const first = wanted.indexOf(got[0] ?? '');
      expect([0, 50]).toContain(first); // a viewer begins with a keyframe
      expect(got).toEqual(got.map((_, index) => wanted[(first + index) % wanted.length]));
    },
  );

  it('tells its wall clock, so that a receiver knows when a picture was sent', async () => {
    const options = ['-v', 'error', '-rtsp_transport', 'tcp', '-show_packets', '-of', 'json'];
    const { stdout } = await run('/usr/bin/ffprobe', [
      ...options,
      '-read_intervals',
      '%+7',
      simulator.url('cam-h264'),
    ]);

    expect(stdout).toContain('Producer Reference Time');
    expect(simulator.firstAt['cam-h264']).toBeGreaterThan(Date.now() - 120_000);
  });

  it('answers 404 for a camera that is not there', async () => {
    await expect(run('/usr/bin/ffprobe', ['-v', 'error', simulator.url('nobody')])).rejects.toThrow('404');
  });

  it('says which clip it cannot play', async () => {
    const reels = [{ id: 'a', file: path.join(folder, 'missing.mp4') }];

    await expect(openLoadSimulator({ reels, cameras: [] })).rejects.toMatchObject({
      code: 'bench-simulator-failed',
      message: expect.stringContaining('missing.mp4'),
    });
  });
});
