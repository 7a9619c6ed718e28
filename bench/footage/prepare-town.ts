import { footageFolder, prepareClips } from '../../deploy/demo/footage.ts';
import type { ReelFile } from '../simulator/messages.ts';
import { jobOf } from './reels.ts';
import type { ReelRecipe } from './view.ts';

export interface PrepareOptions {
  cacheFolder: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Makes the reels' clips, each once on this machine. */
export const prepareReels = async (
  reels: readonly ReelRecipe[],
  { cacheFolder, say, signal }: PrepareOptions,
): Promise<ReelFile[]> => {
  let said = -1;
  const jobs = new Map(reels.map((reel) => [`bench-${reel.id}`, jobOf(reel)]));
  const clips = await prepareClips(
    {
      cacheFolder: footageFolder(cacheFolder),
      signal,
      onProgress: ({ what, share }) => {
        const step = Math.floor(share * 20) * 5;
        if (step !== said) say(share === 0 ? what : `footage   ${step} % encoded`);
        said = step;
      },
    },
    jobs,
  );
  return clips.map(({ id, file }) => ({ id: id.replace(/^bench-/, ''), file }));
};
