import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { encodeClip, moving, quarters } from '../../test/fixtures/ingest/encode-clip.ts';
import { ClipReader } from './clip-reader.ts';

const spec = { width: 416, height: 416, fit: 'letterbox', pixel: 'rgb' } as const;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clip-reader-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Reads all of a clip. */
const read = async (file: string) => {
  const reader = await ClipReader.open(file, spec);
  const times: number[] = [];
  for (let picture = reader.next(); picture; picture = reader.next()) times.push(picture.ptsUs);
  const { undecodable } = reader;
  await reader.close();
  return { times, undecodable };
};

test.each(['h264', 'h265', 'mjpeg'] as const)(
  'gives every picture of an %s clip with its time',
  async (codec) => {
    const file = await encodeClip(folder, `${codec}.mkv`, moving, codec, 2);

    const { times, undecodable } = await read(file);

    expect(times).toHaveLength(50);
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBe(49 * 40_000);
    expect(undecodable).toBe(0);
  },
);

test('scales a picture as a camera thread does: packed, in the order of bytes that was asked for', async () => {
  const reader = await ClipReader.open(await encodeClip(folder, 'quarters.mp4', quarters, 'h264', 1), spec);

  const { width, height, pixels } = reader.next()?.toPixels() ?? { width: 0, height: 0, pixels: [] };
  const topLeft = [...pixels.slice(0, 3)];
  await reader.close();

  expect([width, height]).toEqual([416, 312]);
  expect(topLeft[0]).toBeGreaterThan(240);
  expect(topLeft[1]).toBeLessThan(15);
});

test('reads a still picture', async () => {
  const file = await encodeClip(folder, 'still.jpg', moving, 'mjpeg', 0.04);

  expect(await read(file)).toEqual({ times: [0], undecodable: 0 });
});

test('counts what is damaged and goes on', async () => {
  const whole = await readFile(await encodeClip(folder, 'whole.ts', moving, 'h264', 4));
  const random = createSeededRandom(freshSeed());
  const file = path.join(folder, 'damaged.ts');
  const damaged = Buffer.from(whole);
  for (let at = 20_000; at < damaged.length - 20_000; at += 1500) damaged[at] = random.whole(0, 255);
  await writeFile(file, damaged);

  const { times, undecodable } = await read(file);

  expect(undecodable).toBeGreaterThan(0);
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('refuses what is no video', async () => {
  const noise = path.join(folder, 'noise.mp4');
  await writeFile(noise, 'these are not pictures');
  const playlist = path.join(folder, 'list.m3u8');
  await writeFile(playlist, '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n');

  for (const file of [noise, playlist, folder, path.join(folder, 'missing.mp4')]) {
    await expect(ClipReader.open(file, spec)).rejects.toMatchObject({ code: 'clip-unreadable' });
  }
});
