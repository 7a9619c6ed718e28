import { openPictureDetector } from '../../inference/index.ts';
import type { ModelFile } from './model-file.ts';
import { type Eyes, type ReelToWatch, watchReel } from './watch-reel.ts';

export type WatchDemand = { kind: 'open'; model: ModelFile } | { kind: 'watch'; work: ReelToWatch };

let eyes: Eyes | undefined;

const answer = async (demand: WatchDemand): Promise<unknown> => {
  if (demand.kind === 'open') {
    const { card, path } = demand.model;
    eyes = { card, detector: await openPictureDetector(card, path) };
    return {};
  }
  return eyes && watchReel(demand.work, eyes);
};

process.on('message', (demand: WatchDemand) => {
  void answer(demand).then((made) => process.send?.(made ?? {}));
});
process.on('disconnect', () => process.exit());
