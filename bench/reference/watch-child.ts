import { type ModelFile, openEyes } from './open-eyes.ts';
import { type ReelToWatch, watchReel } from './watch-reel.ts';

export type WatchDemand = { kind: 'open'; model: ModelFile } | { kind: 'watch'; work: ReelToWatch };

let eyes: Awaited<ReturnType<typeof openEyes>> | undefined;

const answer = async (demand: WatchDemand): Promise<unknown> => {
  if (demand.kind === 'open') {
    eyes = await openEyes(demand.model);
    return {};
  }
  return eyes && watchReel(demand.work, eyes);
};

process.on('message', (demand: WatchDemand) => {
  void answer(demand).then((made) => process.send?.(made ?? {}));
});
process.on('disconnect', () => process.exit());
