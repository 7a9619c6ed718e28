import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { toRecipe } from '../../deploy/demo/clip-cache.ts';
import { footageFolder } from '../../deploy/demo/footage.ts';
import { askChild, closeChild } from '../ask-child.ts';
import { jobOf } from '../footage/reels.ts';
import type { ReelRecipe } from '../footage/view.ts';
import { forkChild } from '../fork-child.ts';
import type { ReelFile } from '../simulator/messages.ts';
import type { ModelFile } from './open-eyes.ts';
import type { ReelToWatch, Watched } from './watch-reel.ts';

export interface ReferenceOptions {
  reels: readonly ReelRecipe[];
  reelFiles: readonly ReelFile[];
  model: ModelFile;
  cacheFolder: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** By reel id. */
export type Reference = ReadonlyMap<string, Watched>;

const root = path.resolve(import.meta.dirname, '../..');
/** What decides which alerts there are, besides clips and model: with other code there is another reference. */
const deciding = ['inference/decode', 'inference/track', 'alerts/scenarios', 'bench/reference'];

/**
 * Watches every reel always-on, each once: what it found is kept beside the clips until they, the model or the code
 * that decides have changed.
 */
export const openReference = async (options: ReferenceOptions): Promise<Reference> => {
  const { model, reels, cacheFolder, say, signal } = options;
  const work = reels.map((reel) => toWork(reel, options));
  const clips = reels.map((reel) => toRecipe(jobOf(reel)({ source: '', plate: '' })));
  const key = hashOf([model.card.sha256, JSON.stringify(reels), ...clips, ...(await sourcesOf(deciding))]);
  const file = path.join(footageFolder(cacheFolder), `bench-reference-${key}.json`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const watched = kept ? (JSON.parse(kept) as Watched[]) : await watchAll(work, model, say, signal);
  if (!kept && !signal.aborted) {
    await writeFile(`${file}.part`, JSON.stringify(watched));
    await rename(`${file}.part`, file);
  }
  return new Map(watched.map((entry) => [entry.reelId, entry]));
};

const toWork = (reel: ReelRecipe, { reelFiles }: ReferenceOptions): ReelToWatch => {
  const fileOf = (id: string): string => reelFiles.find((entry) => entry.id === id)?.file ?? '';
  return { reel, file: fileOf(reel.id), quietFile: fileOf(`${reel.view.id}-quiet`) };
};

const watchAll = async (
  work: readonly ReelToWatch[],
  model: ModelFile,
  say: ReferenceOptions['say'],
  signal: AbortSignal,
): Promise<Watched[]> => {
  const waiting = [...work];
  const watched: Watched[] = [];
  const watchSome = async (): Promise<void> => {
    const child = forkChild(import.meta.url, 'watch-child');
    try {
      await askChild(child, { kind: 'open', model });
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        watched.push(await askChild<Watched>(child, { kind: 'watch', work: next }));
        if (watched.length % 10 === 0)
          say(`reference ${watched.length} of ${work.length} clips watched always-on`);
      }
    } finally {
      await closeChild(child);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, watchSome));
  return watched;
};

const sourcesOf = async (folders: readonly string[]): Promise<string[]> => {
  const texts: string[] = [];
  for (const folder of folders) {
    const names = await readdir(path.join(root, folder), { recursive: true });
    for (const name of names.filter((entry) => /(?<!\.test)\.ts$/.test(entry)).sort()) {
      texts.push(await readFile(path.join(root, folder, name), 'utf8'));
    }
  }
  return texts;
};

const hashOf = (texts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex').slice(0, 16);
};
