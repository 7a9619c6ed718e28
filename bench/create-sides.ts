import path from 'node:path';
import type { BenchOptions, SideName } from './options.ts';
import type { ModelFile } from './reference/model-file.ts';
import type { SideRuns } from './report/measured.ts';
import { runLimits } from './sides/limits/run-limits.ts';
import { runMotion } from './sides/motion/run-motion.ts';
import { type OursRun, runOurs } from './sides/ours/run-ours.ts';
import { runPlain } from './sides/plain/run-plain.ts';
import type { ReelFile } from './simulator/messages.ts';
import type { Town } from './town.ts';

/** What is measured, each ready to be run for some seconds. */
export type Sides = { [Side in SideName]: (seconds: number) => Promise<SideRuns[Side]> };

export interface SidesOptions {
  options: BenchOptions;
  towns: Readonly<Record<SideName, Town>>;
  /** Every clip that any of the towns plays. */
  reelFiles: readonly ReelFile[];
  model: ModelFile;
  say: (line: string) => void;
  signal: AbortSignal;
}

export const createSides = ({ options, towns, reelFiles, model, say, signal }: SidesOptions): Sides => {
  /** What a side plays. The simulator holds no clip that is not shown. */
  const show = (side: SideName) => {
    const town = towns[side];
    const ids = new Set(town.reels.map(({ id }) => id));
    return { town, reelFiles: reelFiles.filter(({ id }) => ids.has(id)), signal };
  };
  const program =
    (side: SideName, awakeFps: number) =>
    (seconds: number): Promise<OursRun> =>
      runOurs({
        ...show(side),
        tuning: tuningOf(options, awakeFps),
        seconds,
        settleSeconds: options.settleSeconds[side === 'quiet' ? 'quiet' : 'town'],
        watchOnSeconds: side === 'ours' ? options.watchOnSeconds : 0,
        folder: path.resolve('var/bench', side),
        say,
      });
  return {
    ours: program('ours', options.awakeFps),
    ours5: program('ours5', 5),
    mixed: program('mixed', options.awakeFps),
    main: program('main', options.awakeFps),
    quiet: program('quiet', options.awakeFps),
    one: program('one', options.awakeFps),
    plain: (seconds) => runPlain({ ...show('plain'), model, seconds }),
    motion: (seconds) =>
      runMotion({ ...show('motion'), seconds, settleSeconds: options.settleSeconds.motion }),
    limits: (seconds) => runLimits({ ...show('limits'), model, seconds }),
  };
};

const tuningOf = ({ workers, decodeThreads, detectorThreads }: BenchOptions, awakeFps: number) => ({
  awakeFps,
  ...(workers === undefined ? {} : { workers }),
  ...(decodeThreads === undefined ? {} : { decodeThreads }),
  ...(detectorThreads === undefined ? {} : { detectorThreads }),
});
