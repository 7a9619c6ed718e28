import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { toRecipe } from '../../deploy/demo/clip-cache.ts';
import { footageFolder } from '../../deploy/demo/footage.ts';
import { askChild, closeChild } from '../ask-child.ts';
import { jobOf } from '../footage/reels.ts';
import type { ReelRecipe } from '../footage/view.ts';
import { forkChild } from '../fork-child.ts';
import type { ReelFile } from '../simulator/messages.ts';
import type { ModelFile } from './model-file.ts';
import { phases, type ReelToWatch, type Watched } from './watch-reel.ts';

export interface ReferenceOptions {
  reels: readonly ReelRecipe[];
  reelFiles: readonly ReelFile[];
  model: ModelFile;
  /** As a `ReelToWatch` has it. */
  phase: number;
  cacheFolder: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** By reel id. */
export type Reference = ReadonlyMap<string, Watched>;

const root = path.resolve(import.meta.dirname, '../..');
/** What decides which alerts there are, besides clips and model: with other code there is another reference. */
const deciding = [
  ...['ingest/replay', 'ingest/decode', 'inference/decode', 'inference/onnx', 'alerts/scenarios'],
  ...['inference/static', 'inference/track'],
  ...['commands/replay', 'bench/reference'],
];

/**
 * Watches every reel always-on, each once: what it found is kept beside the clips until the clip, the model or the code
 * that decides has changed.
 */
export const openReference = async (options: ReferenceOptions): Promise<Reference> => {
  const { reels, cacheFolder } = options;
  const folder = path.join(footageFolder(cacheFolder), 'bench-reference');
  await mkdir(folder, { recursive: true });
  const keptIn = await keptBeside(folder, options);
  const watched = new Map<string, Watched>();
  const missing: ReelRecipe[] = [];
  for (const reel of reels) {
    const kept = await readFile(keptIn(reel), 'utf8').catch(() => undefined);
    if (kept) watched.set(reel.id, JSON.parse(kept) as Watched);
    else missing.push(reel);
  }
  await watchAll(missing, options, async (reel, found) => {
    watched.set(reel.id, found);
    await writeFile(`${keptIn(reel)}.part`, JSON.stringify(found));
    await rename(`${keptIn(reel)}.part`, keptIn(reel));
  });
  return watched;
};

/** The same with each other first picture, in their order. */
export const openOtherPhases = async (options: Omit<ReferenceOptions, 'phase'>): Promise<Reference[]> => {
  const others: Reference[] = [];
  for (let phase = 1; phase < phases; phase++) others.push(await openReference({ ...options, phase }));
  return others;
};

const keptBeside = async (
  folder: string,
  { model, phase }: ReferenceOptions,
): Promise<(reel: ReelRecipe) => string> => {
  const sources = await sourcesOf(deciding);
  return (reel) => {
    const clip = toRecipe(jobOf(reel)({ source: '', plate: '' }));
    return path.join(
      folder,
      `${hashOf([model.card.sha256, String(phase), JSON.stringify(reel), clip, ...sources])}.json`,
    );
  };
};

const toWork = (reel: ReelRecipe, { reelFiles, phase }: ReferenceOptions): ReelToWatch => {
  const fileOf = (id: string): string => reelFiles.find((entry) => entry.id === id)?.file ?? '';
  return { reel, file: fileOf(reel.id), quietFile: fileOf(`${reel.view.id}-quiet`), phase };
};

const watchAll = async (
  reels: readonly ReelRecipe[],
  options: ReferenceOptions,
  onWatched: (reel: ReelRecipe, found: Watched) => Promise<void>,
): Promise<void> => {
  const { model, say, signal } = options;
  const waiting = [...reels];
  let done = 0;
  const watchSome = async (): Promise<void> => {
    const child = forkChild(import.meta.url, 'watch-child');
    try {
      await askChild(child, { kind: 'open', model });
      for (let reel = waiting.shift(); reel && !signal.aborted; reel = waiting.shift()) {
        await onWatched(reel, await askChild<Watched>(child, { kind: 'watch', work: toWork(reel, options) }));
        if (++done % 10 === 0) say(`reference ${done} of ${reels.length} clips watched always-on`);
      }
    } finally {
      await closeChild(child);
    }
  };
  const threads = Math.min(reels.length, availableParallelism());
  await Promise.all(Array.from({ length: threads }, watchSome));
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
