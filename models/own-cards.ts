import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../core/log.ts';
import { modelError } from './errors.ts';
import type { ModelSource } from './fetch/source.ts';
import type { FoundCard } from './manifest.ts';

const suffix = '.card.json';
/** Cards are a page of text; a folder full of them is a mistake. */
const maxCards = 64;

/** Finds the operator's own cards, `*.card.json`, in the sources that are folders. A folder that is not there is skipped. */
export const findOwnCards = async (sources: readonly ModelSource[], log: Logger): Promise<FoundCard[]> => {
  const found: FoundCard[] = [];
  for (const source of sources) {
    if (source.kind !== 'folder') continue;
    const names = await readdir(source.folder).catch((cause: NodeJS.ErrnoException) => {
      log.warn({ folder: source.folder, reason: cause.code }, 'a model source cannot be read');
      return [];
    });
    for (const name of names.filter((entry) => entry.endsWith(suffix)).sort())
      found.push(await readCard(path.join(source.folder, name)));
  }
  if (found.length <= maxCards) return found;
  throw modelError(
    'model-card-invalid',
    `the model sources hold ${found.length} cards of their own; at most ${maxCards} are read`,
  );
};

const readCard = async (file: string): Promise<FoundCard> => {
  try {
    return { value: JSON.parse(await readFile(file, 'utf8')), path: file };
  } catch (cause) {
    throw modelError('model-card-invalid', `${file} is not readable JSON; correct it or take it away`, {
      cause,
    });
  }
};
