import { stat } from 'node:fs/promises';
import { isAppError } from '../core/errors.ts';
import type { Label } from '../core/schema/label.ts';
import { checkModelFile } from './check-file.ts';
import { cachedPath } from './fetch/store.ts';
import type { Model } from './manifest.ts';
import { loadModels, type ModelPlaces } from './resolve-model.ts';

/** One model as a row of a table. */
export interface ModelListing {
  id: string;
  title: string;
  role: 'recommended' | 'fallback' | null;
  /** The card this is another file of. */
  variantOf: string | null;
  isCached: boolean;
  decoder: string;
  /** Width × height of the input, in pixels. */
  input: string;
  /** What it can report. */
  labels: Label[];
  costMs: number | null;
  accuracy: Model['accuracy'];
  licence: string;
  project: string;
  fileName: string;
  sizeBytes: number;
  sha256: string;
  notes: string[];
  /** The operator's card file; null for a built-in model. */
  ownCardPath: string | null;
}

/** Every model there is a card for, and whether its file is in the cache (unchecked: `verifyModels` checks). */
export const listModels = async (places: ModelPlaces): Promise<ModelListing[]> =>
  Promise.all((await loadModels(places)).map((model) => toListing(model, places.cacheFolder)));

const toListing = async (model: Model, cacheFolder: string): Promise<ModelListing> => {
  const { card, role, variantOf, cost, accuracy, licence, project, fileName, sizeBytes, notes, ownCardPath } =
    model;
  return {
    id: card.id,
    title: card.title,
    role: role ?? null,
    variantOf: variantOf ?? null,
    isCached: await isThere(cachedPath(model, cacheFolder)),
    decoder: card.output.decoder,
    input: `${card.input.width}×${card.input.height}`,
    labels: card.labels.filter((label) => label !== null),
    costMs: cost?.ms ?? null,
    accuracy,
    licence,
    project,
    fileName,
    sizeBytes,
    sha256: card.sha256,
    notes,
    ownCardPath: ownCardPath ?? null,
  };
};

/** What checking one model's cached file found. */
export interface ModelVerdict {
  id: string;
  path: string;
  state: 'sound' | 'absent' | 'unsound';
  /** The error's code and message when unsound. */
  code: string | null;
  problem: string | null;
}

/** Checks every model file in the cache as a start would: bytes, tensors, law. Nothing is changed or fetched. */
export const verifyModels = async (places: ModelPlaces): Promise<ModelVerdict[]> => {
  const verdicts: ModelVerdict[] = [];
  // One after another: each file is held in memory while it is checked.
  for (const model of await loadModels(places)) verdicts.push(await verify(model, places.cacheFolder));
  return verdicts;
};

const verify = async (model: Model, cacheFolder: string): Promise<ModelVerdict> => {
  const path = cachedPath(model, cacheFolder);
  const verdict = { id: model.card.id, path, code: null, problem: null };
  if (!(await isThere(path))) return { ...verdict, state: 'absent' };
  try {
    await checkModelFile(model, path);
    return { ...verdict, state: 'sound' };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...verdict, state: 'unsound', code: error.code, problem: error.message };
  }
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
