import type { Logger } from '../core/log.ts';
import type { Clock } from '../core/runtime/clock.ts';
import type { ModelCard } from '../core/schema/model-card.ts';
import { modelError } from './errors.ts';
import { type ModelOrigin, type ModelProgress, type ObtainedModel, obtainModel } from './fetch/obtain.ts';
import { parseSource } from './fetch/source.ts';
import { loadManifest, type Model } from './manifest.ts';
import { findOwnCards } from './own-cards.ts';

/** Where models are kept and looked for. */
export interface ModelPlaces {
  /** The machine's cache; models lie in its folder `models`. */
  cacheFolder: string;
  /** Folders, `file:` URLs or `http(s):` URL prefixes, first to last. */
  sources: readonly string[];
  log: Logger;
}

export interface ResolveModelOptions extends ModelPlaces {
  /** A model's id, or `default` (also when absent): the recommended model, else its fallback. */
  id?: string;
  clock: Clock;
  onProgress?: (progress: ModelProgress) => void;
  signal?: AbortSignal;
}

/** A model that lies in the cache and may be run. */
export interface ResolvedModel {
  card: ModelCard;
  /** The checked file. */
  path: string;
  origin: ModelOrigin;
  /** Why it is not the recommended model; absent when it is what was asked for. */
  fallbackReason?: string;
}

/** The operator's cards and ours, all of them within the law. */
export const loadModels = async ({
  sources,
  log,
}: Pick<ModelPlaces, 'sources' | 'log'>): Promise<readonly Model[]> =>
  loadManifest(await findOwnCards(sources.map(parseSource), log));

/**
 * Finds a model and brings it into the cache: cache, sources, upstream, npm package, in that order, each file
 * checked by sha256, by its tensors and against the law before it is used. `default` falls back to the model that
 * an npm package carries when the recommended one is nowhere to be had, and says so in `fallbackReason`.
 *
 * An upstream that was not reached is left alone for some hours. Throws `model-unknown`, `model-altered` for a
 * cached file that has changed, `model-refused`, `model-shape-wrong`, `model-card-invalid`, `model-source-invalid`,
 * and `model-unobtainable` with every place that was tried. Rejects with the signal's reason when aborted.
 */
export const resolveModel = (options: ResolveModelOptions): Promise<ResolvedModel> => resolve(options, false);

/** As `resolveModel`, but tries upstream even when it failed lately, and replaces a cached file that has changed. */
export const pullModel = (options: ResolveModelOptions): Promise<ResolvedModel> => resolve(options, true);

const resolve = async (options: ResolveModelOptions, isExplicit: boolean): Promise<ResolvedModel> => {
  const { id = 'default', signal = new AbortController().signal, onProgress = () => undefined } = options;
  signal.throwIfAborted();
  const models = await loadModels(options);
  const wanted = findWanted(models, id);
  const sources = options.sources.map(parseSource);
  const obtain = (model: Model): Promise<ObtainedModel | { reasons: string[] }> =>
    obtainModel(withVariants(models, model), { ...options, sources, signal, onProgress, isExplicit });

  const first = await obtain(wanted);
  if ('model' in first) return toResolved(first);
  const fallback = id === 'default' ? models.find(({ role }) => role === 'fallback') : undefined;
  if (!fallback) throw unobtainable(wanted, first.reasons);

  const fallbackReason =
    `the recommended model '${wanted.card.id}' was not to be had (${first.reasons.join('; ')}); ` +
    `'${fallback.card.id}' stands in for it`;
  options.log.warn({ wanted: wanted.card.id, instead: fallback.card.id }, fallbackReason);
  const second = await obtain(fallback);
  if ('model' in second) return { ...toResolved(second), fallbackReason };
  throw unobtainable(wanted, [...first.reasons, ...second.reasons]);
};

const findWanted = (models: readonly Model[], id: string): Model => {
  const wanted = models.find(({ card, role }) =>
    id === 'default' ? role === 'recommended' : card.id === id,
  );
  if (wanted) return wanted;
  const known = models.map(({ card }) => card.id).join(', ');
  throw modelError('model-unknown', `there is no model '${id}'; the models are ${known}, or 'default'`, {
    id,
  });
};

const withVariants = (models: readonly Model[], wanted: Model): Model[] => [
  wanted,
  ...models.filter(({ variantOf }) => variantOf === wanted.card.id),
];

const toResolved = ({ model, path, origin }: ObtainedModel): ResolvedModel => ({
  card: model.card,
  path,
  origin,
});

const unobtainable = ({ card, fileName }: Model, reasons: readonly string[]) =>
  modelError(
    'model-unobtainable',
    `the model '${card.id}' was not to be had: ${reasons.join('; ') || 'no source is set and it has no upstream'}; ` +
      `put ${fileName} into a folder and name that folder in XUELIANG_MODEL_SOURCES`,
    { modelId: card.id, reasons },
  );

/** The card of the model that `id` names, whether its file is here or not. Throws `model-unknown`. */
export const findCard = async (
  places: Pick<ModelPlaces, 'sources' | 'log'>,
  id = 'default',
): Promise<ModelCard> => findWanted(await loadModels(places), id).card;
