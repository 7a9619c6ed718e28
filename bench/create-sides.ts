import path from 'node:path';
import { prepareReels } from './footage/prepare-town.ts';
import type { View } from './footage/view.ts';
import { mainViews, mixedViews, townViews } from './footage/views.ts';
import type { BenchOptions, SideName } from './options.ts';
import type { ModelFile } from './reference/open-eyes.ts';
import type { SideRuns } from './report/measured.ts';
import { runLimits } from './sides/limits/run-limits.ts';
import { runMotion } from './sides/motion/run-motion.ts';
import { type OursRun, runOurs } from './sides/ours/run-ours.ts';
import { runPlain } from './sides/plain/run-plain.ts';
import type { ReelFile } from './simulator/messages.ts';
import { createTown, type Town } from './town.ts';

/** What is measured, each ready to be run for some seconds. */
export type Sides = { [Side in SideName]: (seconds: number) => Promise<SideRuns[Side]> };

export interface SidesOptions {
  options: BenchOptions;
  model: ModelFile;
  cacheFolder: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** As many as each of these can be given without filling the machine: what a camera costs them is what counts. */
const quietCameras = 16;
const motionCameras = 8;
const plainCameras = 4;

export const createSides = (given: SidesOptions): Sides => {
  const { options, model, cacheFolder, say, signal } = given;
  const { awakeFps, cameras, mainCameras, busyEverySeconds } = options;
  const townOf = (views: readonly View[], count: number): Town =>
    createTown({ views, cameras: count, busyEverySeconds });
  const quietOf = (count: number): Town =>
    createTown({ views: townViews, cameras: count, busyEverySeconds: Number.POSITIVE_INFINITY });
  const filesOf = (town: Town): Promise<ReelFile[]> => prepareReels(town.reels, { cacheFolder, say, signal });
  const program = async (side: SideName, town: Town, fps: number, seconds: number): Promise<OursRun> =>
    runOurs({
      town,
      reelFiles: await filesOf(town),
      tuning: tuningOf(options, fps),
      seconds,
      folder: path.resolve('var/bench', side),
      say,
    });
  const town = townOf(townViews, cameras);
  return {
    ours: (seconds) => program('ours', town, awakeFps, seconds),
    ours5: (seconds) => program('ours5', town, 5, seconds),
    mixed: (seconds) => program('mixed', townOf(mixedViews, Math.ceil(cameras / 2)), awakeFps, seconds),
    main: (seconds) => program('main', townOf(mainViews, mainCameras), awakeFps, seconds),
    quiet: (seconds) => program('quiet', quietOf(quietCameras), awakeFps, seconds),
    plain: async (seconds) => {
      const few = townOf(townViews, plainCameras);
      return runPlain({ town: few, reelFiles: await filesOf(few), model, seconds });
    },
    motion: async (seconds) => {
      const few = quietOf(motionCameras);
      return runMotion({ town: few, reelFiles: await filesOf(few), seconds });
    },
    limits: async (seconds) => runLimits({ town, reelFiles: await filesOf(town), model, seconds }),
  };
};

const tuningOf = ({ workers, decodeThreads, detectorThreads }: BenchOptions, awakeFps: number) => ({
  awakeFps,
  ...(workers === undefined ? {} : { workers }),
  ...(decodeThreads === undefined ? {} : { decodeThreads }),
  ...(detectorThreads === undefined ? {} : { detectorThreads }),
});
