import path from 'node:path';
import type { Environment } from '../core/config/environment.ts';
import { prepareReels } from './footage/prepare-town.ts';
import type { View } from './footage/view.ts';
import { mainViews, mixedViews, townViews } from './footage/views.ts';
import type { BenchOptions, SideName } from './options.ts';
import type { Measured } from './report/measured.ts';
import { type OursRun, runOurs } from './sides/ours/run-ours.ts';
import { createTown, type Town } from './town.ts';

export interface RunSidesOptions {
  options: BenchOptions;
  environment: Environment;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Runs every side that is asked for, one after the other, and that as often as there are rounds. */
export const runSides = async ({ options, environment, say, signal }: RunSidesOptions): Promise<Measured> => {
  const { rounds, seconds, awakeFps } = options;
  const measured: Measured = { ours: [], ours5: [], mixed: [], main: [], quiet: [] };
  const prepare = { cacheFolder: environment.cacheFolder, say, signal };

  const program = async (side: SideName, town: Town, fps: number, share: number): Promise<OursRun> => {
    const reelFiles = await prepareReels(town.reels, prepare);
    say(`${side.padEnd(9)} ${town.cameras.length} cameras at ${fps} fps when awake, ${seconds * share} s`);
    return runOurs({
      town,
      reelFiles,
      tuning: tuningOf(options, fps),
      seconds: seconds * share,
      folder: path.resolve('var/bench', side),
      say,
    });
  };
  const townOf = (views: readonly View[], cameras: number): Town =>
    createTown({ views, cameras, busyEverySeconds: options.busyEverySeconds });
  const town = townOf(townViews, options.cameras);
  const quietTown = createTown({ views: townViews, cameras: quietCameras, busyEverySeconds: Infinity });
  const mainTown = townOf(mainViews, options.mainCameras);
  const mixedTown = townOf(mixedViews, Math.ceil(options.cameras / 2));

  for (let round = 0; round < rounds && !signal.aborted; round++) {
    const { sides } = options;
    const isFirst = round === 0;
    if (sides.has('ours')) measured.ours.push(await program('ours', town, awakeFps, 1));
    if (sides.has('quiet')) measured.quiet.push(await program('quiet', quietTown, awakeFps, 0.4));
    if (sides.has('ours5') && isFirst) measured.ours5.push(await program('ours5', town, 5, 0.5));
    if (sides.has('main') && isFirst) measured.main.push(await program('main', mainTown, awakeFps, 0.5));
    if (sides.has('mixed') && isFirst) measured.mixed.push(await program('mixed', mixedTown, awakeFps, 0.5));
  }
  return measured;
};

/** As many as `motion` can be given beside without the machine being full. */
const quietCameras = 16;

const tuningOf = ({ workers, decodeThreads, detectorThreads }: BenchOptions, awakeFps: number) => ({
  awakeFps,
  ...(workers === undefined ? {} : { workers }),
  ...(decodeThreads === undefined ? {} : { decodeThreads }),
  ...(detectorThreads === undefined ? {} : { detectorThreads }),
});
