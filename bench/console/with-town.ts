import path from 'node:path';
import { loadEnvironment } from '../../core/config/environment.ts';
import { openConsoleTown } from './console-town.ts';
import { type AlertPictures, measureAlertPictures } from './measures/alert-picture.ts';
import { type LiveWall, measureLiveWall } from './measures/live-wall.ts';
import { type MemorySample, measureMemory } from './measures/memory.ts';
import type { MeasureTools } from './run-console-bench.ts';
import { prepareCodedReels, prepareWallReels } from './wall-reels.ts';

/** What is measured with the whole program and nine cameras. */
export interface TownMeasures {
  live?: LiveWall[];
  picture?: AlertPictures;
  memory?: MemorySample[];
}

/** A worker encodes four streams as MPEG-1 at most: nine tiles of it are nobody's to have. */
const walls = [
  { tiles: 1, codec: 'h264' },
  { tiles: 9, codec: 'h264' },
  { tiles: 1, codec: 'mpeg1' },
  { tiles: 4, codec: 'mpeg1' },
] as const;

const rate = 10;

export const measureTown = async (tools: MeasureTools): Promise<TownMeasures> => {
  const { options, folder, say, signal } = tools;
  const { cacheFolder } = loadEnvironment(process.env);
  // The numbers change in every picture: a camera whose picture shows them is never dormant, which an hour need not pay for.
  const isCoded = options.measures.includes('live');
  const reels = await (isCoded ? prepareCodedReels : prepareWallReels)({ cacheFolder, signal });
  say(`town      ${reels.length} cameras`);
  const town = await openConsoleTown(reels, path.join(folder, 'town'), signal);
  try {
    return await measureIn(town, tools);
  } finally {
    await town.close();
  }
};

const measureIn = async (
  town: Awaited<ReturnType<typeof openConsoleTown>>,
  { options, browser, say, signal }: MeasureTools,
): Promise<TownMeasures> => {
  const { measures, liveSeconds, memorySeconds: seconds, everySeconds } = options;
  const measured: TownMeasures = {};
  if (measures.includes('live')) {
    measured.live = [];
    for (const wall of walls) {
      say(`live      ${wall.tiles} × ${wall.codec}, ${liveSeconds} s`);
      measured.live.push(await measureLiveWall({ town, browser, ...wall, seconds: liveSeconds }));
    }
  }
  if (measures.includes('picture')) {
    say('picture   waiting for real alerts');
    measured.picture = await measureAlertPictures({ town, browser, ...options.alerts });
  }
  if (measures.includes('memory'))
    measured.memory = await measureMemory({ town, browser, seconds, everySeconds, rate, say, signal });
  return measured;
};
