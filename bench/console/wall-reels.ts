import { clipFps, h264Options } from '../../deploy/demo/filter-graph.ts';
import { footageFolder, type JobOf, prepareClips, prepareFootage } from '../../deploy/demo/footage.ts';
import type { ReelFile } from '../simulator/messages.ts';
import { wallCameras } from './console-town.ts';
import { codeFilter } from './frame-code.ts';

/** A camera's clip and how many pictures it has. */
export interface WallReel extends ReelFile {
  frames: number;
}

export interface WallReelOptions {
  cacheFolder: string;
  signal: AbortSignal;
}

/** The demo's own clips, real footage. */
export const prepareWallReels = async ({ cacheFolder, signal }: WallReelOptions): Promise<WallReel[]> => {
  const clips = await prepareFootage({ cacheFolder: footageFolder(cacheFolder), signal }, wallCameras);
  return clips.map(({ id, file, seconds }) => ({ id, file, frames: Math.round(seconds * clipFps) }));
};

/** The same with each picture's number burned in along its upper edge. */
export const prepareCodedReels = async (options: WallReelOptions): Promise<WallReel[]> => {
  const reels = await prepareWallReels(options);
  const jobs = new Map(reels.map((reel) => [`coded-${reel.id}`, codedJob(reel)]));
  const { cacheFolder, signal } = options;
  const clips = await prepareClips({ cacheFolder: footageFolder(cacheFolder), signal }, jobs);
  return reels.map((reel, index) => ({ ...reel, file: clips[index]?.file ?? reel.file }));
};

const codedJob =
  ({ file, frames }: WallReel): JobOf =>
  () => ({
    inputs: [{ file, options: [] }],
    graph: `${codeFilter}[code];[0:v][code]overlay=0:0:shortest=1,format=yuv420p[out]`,
    outputOptions: [...h264Options(900), '-frames:v', `${frames}`],
    frames,
  });
