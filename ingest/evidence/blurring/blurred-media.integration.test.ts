import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlurJob } from '../../../core/archive.ts';
import { loadEnvironment } from '../../../core/config/environment.ts';
import { createLogger } from '../../../core/log.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import type { Box } from '../../../core/schema/geometry.ts';
import {
  frameSpecOf,
  openPictureDetector,
  type PictureDetector,
  scoreFloor,
} from '../../../inference/index.ts';
import { resolveModel } from '../../../models/index.ts';
import { alertIdAt } from '../../../test/fixtures/api/alert-events.ts';
import {
  clipPictures,
  detailIn,
  greyPicture,
  writeRealEvidence,
} from '../../../test/fixtures/evidence/real-evidence.ts';
import { sharedFootage } from '../../../test/fixtures/inference/shared-footage.ts';
import { coverClip } from './blurred-clip.ts';
import { createBlurredMedia } from './index.ts';
import type { PictureLooker } from './look-over.ts';

const run = promisify(execFile);
const truthFile = sharedFootage('gt/PETS09-S2L1.gt.txt');
const caption = (): string => '邓家铺村 <431103110201> & 01KB5J5YYB4AJ8M5Z5V8Q0W1E2';
let folder = '';
let evidence: Awaited<ReturnType<typeof writeRealEvidence>>;
let detector: PictureDetector;
let looker: PictureLooker;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blurring-'));
  evidence = await writeRealEvidence(folder, alertIdAt(1_764_331_200_000));
  const { cacheFolder, modelSources: sources } = loadEnvironment(process.env);
  const log = createLogger({ level: 'silent' });
  const { signal } = new AbortController();
  const { card, path: file } = await resolveModel({ cacheFolder, sources, clock: systemClock, log, signal });
  detector = await openPictureDetector(card, file);
  const look: PictureLooker['look'] = async (picture) => (await detector.look(picture)).findings.detections;
  looker = { spec: frameSpecOf(card), modelId: card.id, minScore: scoreFloor, look };
}, 120_000);

afterAll(async () => {
  await detector?.close();
  await rm(folder, { recursive: true, force: true });
});

const jobFor = (facts: Pick<BlurJob, 'file' | 'target'> & Partial<BlurJob>): BlurJob => ({
  ...{ startedAt: 0, objects: [], objectsAt: 1000 },
  ...facts,
});

/** Frame, id, left, top, width, height in pixels of 768 by 576; the clip begins at frame 100. */
const walkersAt = async (index: number): Promise<Box[]> =>
  (await readFile(truthFile ?? '', 'utf8')).split('\n').flatMap((line) => {
    const [frame, , x = 0, y = 0, w = 0, h = 0, flag] = line.split(',').map(Number);
    if (frame !== index + 101 || flag === 0) return [];
    return [{ x: x / 768, y: y / 576, w: w / 768, h: h / 576 }];
  });

test.skipIf(!truthFile)(
  'of the people that others marked by hand next to nothing is left in a clip',
  { timeout: 120_000 },
  async () => {
    const target = path.join(folder, 'clip.mp4');
    let told = 0;
    const counted = { ...looker, onPicture: () => told++ };
    const clip = await createBlurredMedia(counted).clip(
      jobFor({ file: evidence.clip.file, target, caption }),
    );

    expect(clip).toEqual({ width: 768, height: 576, pictures: clipPictures });
    expect(told).toBe(clipPictures);
    let before = 0;
    let after = 0;
    for (let index = 0; index < clipPictures; index += 3) {
      const [original, blurred] = await Promise.all([
        greyPicture(evidence.clip.file, index),
        greyPicture(target, index),
      ]);
      for (const box of await walkersAt(index)) {
        before += detailIn(original, box);
        after += detailIn(blurred, box);
      }
    }
    expect(before).toBeGreaterThan(100);
    expect(after / before).toBeLessThan(0.3);
  },
);

test.skipIf(!truthFile)(
  'who is not found at one look is covered all the same',
  { timeout: 120_000 },
  async () => {
    let looks = 0;
    const blinking: PictureLooker = {
      ...looker,
      look: async (picture) => (looks++ % 3 === 1 ? [] : looker.look(picture)),
    };
    const job = jobFor({ file: evidence.clip.file, target: '' });
    const [steady, blinked] = [await coverClip(job, looker), await coverClip(job, blinking)];

    const areaAt = ({ plan }: typeof steady, ptsUs: number): number =>
      plan.at(ptsUs).reduce((sum, { box }) => sum + box.w * box.h, 0);
    // Looks are at 0, 200 ms, …: at 200 ms, 800 ms and so on nobody is found.
    for (const ptsUs of [200_000, 800_000, 1_400_000])
      expect(areaAt(blinked, ptsUs)).toBeGreaterThan(areaAt(steady, ptsUs) * 0.6);
  },
);

test('a snapshot is blurred where people are and where the alert says so', { timeout: 120_000 }, async () => {
  const target = path.join(folder, 'snapshot.jpg');
  // Of the lawn: a detector sees nobody there.
  const box = { x: 0.25, y: 0.6, w: 0.1, h: 0.2 };
  const { file } = evidence.snapshot;
  const job = jobFor({ file, target, caption, objects: [{ label: 'person', box }] });
  expect(await createBlurredMedia(looker).snapshot(job)).toEqual({ width: 768, height: 576 });

  const [before, after] = await Promise.all([greyPicture(file), greyPicture(target)]);
  // Its outline is drawn anew.
  const inside = { x: 0.265, y: 0.62, w: 0.07, h: 0.16 };
  expect(detailIn(after, inside)).toBeLessThan(detailIn(before, inside) * 0.4);
  const beside = { x: 0.05, y: 0.6, w: 0.1, h: 0.2 };
  expect(detailIn(after, beside)).toBeGreaterThan(detailIn(before, beside) * 0.7);
});

test('a still is the picture of the moment', { timeout: 120_000 }, async () => {
  const target = path.join(folder, 'still.jpg');
  const job = jobFor({ file: evidence.clip.file, target });
  await createBlurredMedia(looker).still(job);

  const [wanted, got] = await Promise.all([greyPicture(evidence.clip.file, 10), greyPicture(target)]);
  const quiet = wanted.filter((_, at) => at < 768 * 100);
  const differing = quiet.filter((grey, at) => Math.abs(grey - (got[at] ?? 0)) > 40).length;
  expect(differing / quiet.length).toBeLessThan(0.1);
});

test('times are kept where pictures come unevenly, and what is damaged is a reason', {
  timeout: 120_000,
}, async () => {
  const uneven = path.join(folder, 'uneven.mp4');
  const filter = "select='not(mod(n,3))+lt(n,9)'";
  const options = ['-vf', filter, '-fps_mode', 'vfr', '-c:v', 'libx265', '-x265-params', 'log-level=error'];
  await run('/usr/bin/ffmpeg', ['-v', 'error', '-y', '-i', evidence.clip.file, ...options, uneven]);
  const target = path.join(folder, 'evened.mp4');
  await createBlurredMedia(looker).clip(jobFor({ file: uneven, target }));

  const timesOf = async (file: string): Promise<number[]> => {
    const shown = ['-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0'];
    const { stdout } = await run('/usr/bin/ffprobe', ['-v', 'error', ...shown, file]);
    return stdout.split('\n').map(Number.parseFloat).filter(Number.isFinite);
  };
  const [before, after] = await Promise.all([timesOf(uneven), timesOf(target)]);
  expect(after).toHaveLength(before.length);
  for (const [index, time] of before.entries()) expect(after[index]).toBeCloseTo(time - (before[0] ?? 0), 2);

  const job = jobFor({ file: path.join(folder, 'nothing.mp4'), target });
  await expect(createBlurredMedia(looker).clip(job)).rejects.toMatchObject({ code: 'evidence-undecodable' });
});
