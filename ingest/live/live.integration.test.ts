import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LiveChunk, LiveViewer } from '../../core/stages.ts';
import { openSimulator, type Simulator } from '../../deploy/simulator/index.ts';
import { encodeClip, moving, quarters } from '../../test/fixtures/ingest/encode-clip.ts';
import { RunningIngest } from '../../test/fixtures/ingest/running-ingest.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';

const run = promisify(execFile);
let folder: string;
let simulator: Simulator;
let it: RunningIngest;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'live-'));
  const file = await encodeClip(folder, 'moving.mp4', moving, 'h264');
  const h265 = await encodeClip(folder, 'moving-h265.mp4', moving, 'h265');
  simulator = await openSimulator({
    mounts: [
      { path: '/moving', file },
      { path: '/quarters', file: await encodeClip(folder, 'quarters.mp4', quarters, 'h264') },
      { path: '/moving-h265', file: h265, codec: 'h265' },
    ],
  });
  it = await RunningIngest.open();
});

afterAll(async () => {
  await it?.close();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

class Recording implements LiveViewer {
  readonly bufferedBytes = 0;
  readonly chunks: LiveChunk[] = [];
  endedBy: string | undefined;

  take(chunk: LiveChunk): void {
    this.chunks.push(chunk);
  }

  end(reason: string): void {
    this.endedBy = reason;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks.map((chunk) => (chunk.type === 'start' ? chunk.init : chunk.bytes)));
  }

  until(count: number): Promise<void> {
    return vi.waitFor(() => expect(this.chunks.length).toBeGreaterThan(count), { timeout: 15_000 });
  }
}

const live = async (mount: string, from = simulator): Promise<void> => {
  it.ingest.setCamera(testCamera(mount, from.url(`/${mount}`)), undefined);
  await it.until(mount, ({ state }) => state === 'live');
};

/** What FFmpeg's own reader finds in the fragments, as a browser would. */
const probe = async (bytes: Buffer) => {
  const file = path.join(folder, 'live.mp4');
  await writeFile(file, bytes);
  const decoded = await run('/usr/bin/ffmpeg', ['-v', 'warning', '-i', file, '-f', 'null', '-']);
  const { stdout } = await run('/usr/bin/ffprobe', [
    ...['-v', 'error', '-count_frames', '-of', 'json'],
    ...[
      '-show_entries',
      'stream=codec_name,codec_tag_string,width,height,nb_read_frames,avg_frame_rate',
      file,
    ],
  ]);
  return { complaints: decoded.stderr, stream: JSON.parse(stdout).streams[0] };
};

test.each([
  ['moving', 'h264', 'avc1', /^avc1\.42c0/],
  ['moving-h265', 'hevc', 'hvc1', /^hvc1\.1\.6\.L\d+/],
])('shows %s from its last keyframe on, so that any player decodes every picture', async (...row) => {
  const [mount, codec, tag, words] = row;
  await live(mount);
  const viewer = new Recording();

  const leave = it.ingest.watchLive(mount, viewer);
  await viewer.until(60);
  leave();

  const [start, first] = viewer.chunks;
  expect(start).toMatchObject({
    type: 'start',
    width: 320,
    height: 240,
    codec: expect.stringMatching(words),
  });
  expect(first).toMatchObject({ type: 'fragment', isKeyframe: true });
  const { complaints, stream } = await probe(viewer.bytes);
  expect(complaints).toBe('');
  expect(stream).toMatchObject({ codec_name: codec, codec_tag_string: tag, width: 320, height: 240 });
  expect(Number(stream.nb_read_frames)).toBe(viewer.chunks.length - 1);
});

test('makes the fragments once, and who comes later begins in the middle', async () => {
  await live('moving');
  const [first, second] = [new Recording(), new Recording()];
  const leave = [it.ingest.watchLive('moving', first)];
  await first.until(70);

  leave.push(it.ingest.watchLive('moving', second));
  await second.until(40);
  for (const left of leave) left();

  expect(second.chunks[1]).toMatchObject({ isKeyframe: true });
  expect(first.chunks).toContain(second.chunks[1]);
  const { complaints, stream } = await probe(second.bytes);
  expect(complaints).toBe('');
  expect(Number(stream.nb_read_frames)).toBe(second.chunks.length - 1);
});

test('takes the latest picture, once for all who ask within two seconds', async () => {
  await live('quarters');

  const [one, two] = await Promise.all([it.ingest.picture('quarters'), it.ingest.picture('quarters')]);

  expect(one).toMatchObject({ width: 640, height: 480 });
  expect(Math.abs(Date.now() - one.capturedAt)).toBeLessThan(10_000);
  expect(Buffer.from(two.jpeg).equals(Buffer.from(one.jpeg))).toBe(true);
  const { data, info } = await sharp(one.jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (50 * info.width + 50) * info.channels;
  expect([...data.subarray(at, at + 3)].map((value) => value > 128)).toEqual([true, false, false]);
});

test('regression: a camera that has gone dark is said to be dark, and shows no old picture', async () => {
  // One that does not come back: between two of its tries a camera may be dark for less than a look lasts.
  const leaving = await openSimulator({
    mounts: [{ path: '/leaving', file: path.join(folder, 'moving.mp4') }],
  });
  await live('leaving', leaving);
  const viewer = new Recording();
  it.ingest.watchLive('leaving', viewer);
  await viewer.until(1);

  await leaving.close();
  const { since } = await it.until('leaving', ({ state }) => state === 'lost');

  const dark = { code: 'camera-dark', message: expect.stringContaining(new Date(since).toISOString()) };
  await expect(it.ingest.picture('leaving')).rejects.toMatchObject(dark);
  expect(() => it.ingest.watchLive('leaving', new Recording())).toThrow(/gives no picture since/);
  await vi.waitFor(() => expect(viewer.endedBy).toContain('camera-dark'), { timeout: 5000 });
});

test('tells the viewers of a camera that is taken away', async () => {
  await live('moving');
  const viewer = new Recording();
  it.ingest.watchLive('moving', viewer);

  await it.ingest.removeCamera('moving');

  expect(viewer.endedBy).toContain('released');
  await expect(it.ingest.picture('moving')).rejects.toMatchObject({ code: 'camera-not-held' });
});
