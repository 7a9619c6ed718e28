import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../core/config/environment.ts';
import type { CameraRecipe } from './camera-recipe.ts';
import { type FootageProgress, prepareFootage } from './footage.ts';
import { loadFootageSource } from './footage-source.ts';

const run = promisify(execFile);

const recipe: CameraRecipe = {
  id: 'gate',
  name: { zh: '门', en: 'Gate' },
  category: 'road',
  crop: { x: 320, y: 168, width: 160, height: 120 },
  picture: { width: 320, height: 240 },
  stretches: [
    { kind: 'empty', seconds: 3 },
    { kind: 'live', fromSeconds: 0, toSeconds: 3, holdSeconds: 1 },
    { kind: 'empty', seconds: 3 },
  ],
  zones: [],
  scenarios: [],
};

let cacheFolder = '';

beforeAll(async () => {
  cacheFolder = await mkdtemp(path.join(tmpdir(), 'footage-'));
  const { cacheFolder: shared } = loadEnvironment(process.env);
  await copyFile(await loadFootageSource(shared, () => undefined), path.join(cacheFolder, 'vtest.avi'));
}, 300_000);

afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

const prepare = async (camera: CameraRecipe, signal?: AbortSignal) => {
  const progress: FootageProgress[] = [];
  const options = { cacheFolder, onProgress: (each: FootageProgress) => progress.push(each) };
  const [clip] = await prepareFootage(signal ? { ...options, signal } : options, [camera]);
  return { file: clip?.file ?? '', seconds: clip?.seconds, progress };
};

describe('prepareFootage', () => {
  it('makes H.264 at 25 fps with closed GOPs of 2 s and without B-frames', async () => {
    const { file, seconds, progress } = await prepare(recipe);

    const entries = 'stream=codec_name,width,height,r_frame_rate,has_b_frames,nb_frames:packet=flags';
    const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'json', file]);
    const { streams, packets } = JSON.parse(stdout) as { streams: unknown[]; packets: { flags: string }[] };
    expect(streams).toEqual([
      {
        codec_name: 'h264',
        width: 320,
        height: 240,
        has_b_frames: 0,
        r_frame_rate: '25/1',
        nb_frames: '200',
      },
    ]);
    expect(packets.flatMap(({ flags }, index) => (flags.startsWith('K') ? [index] : []))).toEqual([
      0, 50, 100, 150,
    ]);
    expect(seconds).toBe(8);
    expect(progress.at(-1)).toEqual({ what: 'encoding gate', share: 1 });
  });

  it('shows a picture of its own in each 25th of a second', async () => {
    const { file } = await prepare(recipe);

    const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, '-f', 'framemd5', '-']);
    const hashes = stdout.split('\n').filter((line) => line.startsWith('0,'));
    expect(new Set(hashes.map((line) => line.split(',').at(-1))).size).toBe(200);
  });

  it('keeps a clip whose recipe is unchanged, and makes one anew that is changed or damaged', async () => {
    const { file } = await prepare(recipe);
    const { mtimeMs } = await stat(file);

    expect((await prepare(recipe)).progress).toEqual([]);
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
    await writeFile(file, 'cut off');
    expect((await prepare(recipe)).progress).not.toEqual([]);
    const longer = {
      ...recipe,
      stretches: [...recipe.stretches, { kind: 'empty', seconds: 3 }],
    } as CameraRecipe;
    expect((await prepare(longer)).seconds).toBe(10);
  });

  it("rejects with the signal's reason and leaves nothing half-made", async () => {
    const given = new AbortController();
    const preparing = prepare({ ...recipe, id: 'given-up' }, given.signal);

    given.abort('given up');

    await expect(preparing).rejects.toBe('given up');
    expect((await readdir(cacheFolder)).filter((name) => name.startsWith('given-up'))).toEqual([]);
  });

  it('names the clip that ffmpeg could not make', async () => {
    const outside = { ...recipe, id: 'outside', crop: { ...recipe.crop, width: 800 } };

    await expect(prepare(outside)).rejects.toMatchObject({
      code: 'footage-encode-failed',
      message: expect.stringContaining('outside.mp4'),
    });
  });
});
