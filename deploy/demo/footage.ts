import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { CameraRecipe } from './camera-recipe.ts';
import { demoCameras } from './cameras.ts';
import { isReady, makeProduct, makeProducts, type Product, toRecipe } from './clip-cache.ts';
import { cameraJob, clipFps, type EncodeJob, type FootageFiles, plateJob } from './filter-graph.ts';
import { loadFootageSource } from './footage-source.ts';
import { fullViewJob, vanArrivesJob } from './test-clips.ts';

/** What is being done now, and how much of the whole is done (0–1). */
export interface FootageProgress {
  what: string;
  share: number;
}

export interface FootageOptions {
  /** Kept between runs; holds the footage, the plate and the clips. */
  cacheFolder: string;
  onProgress?: (progress: FootageProgress) => void;
  signal?: AbortSignal;
}

/** A clip that is ready to be played. */
export interface PreparedClip {
  id: string;
  /** MP4, 25 fps, closed GOPs. */
  file: string;
  seconds: number;
}

/** Where the footage lies in the machine's cache. */
export const footageFolder = (cacheFolder: string): string => path.join(cacheFolder, 'footage');

export type JobOf = (files: FootageFiles) => EncodeJob;

/**
 * Makes the demo cameras' clips from Debian's vtest.avi, each once: a clip whose recipe has not changed is kept.
 * About a minute on two cores the first time. Rejects with the signal's reason when aborted, with
 * `footage-source-missing`, `footage-source-altered` or `footage-encode-failed` otherwise.
 */
export const prepareFootage = (
  options: FootageOptions,
  cameras: readonly CameraRecipe[] = demoCameras,
): Promise<PreparedClip[]> =>
  prepareClips(options, new Map(cameras.map((camera) => [camera.id, (files) => cameraJob(camera, files)])));

/**
 * Makes the two clips tests measure against: `full-view` is the whole footage (picture k of it at k/10 s), and
 * `van-arrives` the same with the parked van painted out until 20 s.
 */
export const prepareTestFootage = (options: FootageOptions): Promise<PreparedClip[]> =>
  prepareClips(
    options,
    new Map([
      ['full-view', fullViewJob],
      ['van-arrives', vanArrivesJob],
    ]),
  );

/** Makes whatever clips the jobs describe, each once, under the names they are given. */
export const prepareClips = async (
  options: FootageOptions,
  jobs: ReadonlyMap<string, JobOf>,
): Promise<PreparedClip[]> => {
  const { cacheFolder, onProgress = () => undefined, signal = new AbortController().signal } = options;
  await mkdir(cacheFolder, { recursive: true });
  const toProduct = productIn(cacheFolder);
  const clips = [...jobs].map(([id, job]) => toProduct(id, `${id}.mp4`, job));
  const stale: Product[] = [];
  for (const clip of clips) if (!(await isReady(clip))) stale.push(clip);
  if (stale.length > 0) {
    await loadFootageSource(cacheFolder, (what) => onProgress({ what, share: 0 }), signal);
    const plate = toProduct('plate', 'plate.png', plateJob);
    if (!(await isReady(plate))) await makeProduct(plate, () => undefined, signal);
    const onShare = (share: number, id: string): void => onProgress({ what: `encoding ${id}`, share });
    await makeProducts(stale, availableParallelism(), onShare, signal);
  }
  return clips.map(({ id, file, job }) => ({ id, file, seconds: job.frames / clipFps }));
};

/** A product's recipe is taken from a job without the folder, so that a moved cache stays valid. */
const productIn =
  (folder: string) =>
  (id: string, name: string, job: JobOf): Product => ({
    id,
    file: path.join(folder, name),
    job: job(filesIn(folder)),
    recipe: toRecipe(job(filesIn(''))),
  });

const filesIn = (folder: string): FootageFiles => ({
  source: path.join(folder, 'vtest.avi'),
  plate: path.join(folder, 'plate.png'),
});
