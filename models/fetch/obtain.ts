import { rm, stat } from 'node:fs/promises';
import { isAppError, toAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { checkModelFile } from '../check-file.ts';
import { modelError } from '../errors.ts';
import type { Model, NpmBuild } from '../manifest.ts';
import { buildFromNpm } from './build-from-npm.ts';
import { within } from './deadline.ts';
import { fetchChunks } from './http.ts';
import { formatSource, type ModelSource, openInSource } from './source.ts';
import { cachedPath, storeModel } from './store.ts';
import { recallUnreachable, rememberUnreachable } from './unreachable.ts';

/** Where a model file came from. */
export type ModelOrigin = 'cache' | 'source' | 'upstream' | 'npm';

/** How far a model's arrival is. Bytes are absent where nobody can count them. */
export interface ModelProgress {
  modelId: string;
  step: 'copy' | 'download' | 'package' | 'convert';
  from: string;
  receivedBytes?: number;
  totalBytes?: number;
}

export interface ObtainOptions {
  cacheFolder: string;
  sources: readonly ModelSource[];
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
  onProgress: (progress: ModelProgress) => void;
  /** Whether to try what failed lately and to replace an altered file. */
  isExplicit: boolean;
}

export interface ObtainedModel {
  model: Model;
  path: string;
  origin: ModelOrigin;
}

/** One place: the model, why it was not to be had there, or undefined when the place simply has no such file. */
type Attempt = () => Promise<ObtainedModel | string | undefined>;

const final: ReadonlySet<string> = new Set(['model-refused', 'model-shape-wrong']);

/** One whole download, however steadily it drips. */
const downloadMs = 10 * 60_000;

/**
 * Brings one of several files of the same network into the cache, checked: the cache first, then the sources in
 * their order, then upstream, then an npm package. When nowhere has it, resolves with the reasons, one a place.
 */
export const obtainModel = async (
  candidates: readonly Model[],
  options: ObtainOptions,
): Promise<ObtainedModel | { reasons: string[] }> => {
  for (const model of candidates) {
    const cached = await findInCache(model, options);
    if (cached) return cached;
  }
  const reasons: string[] = [];
  for (const { where, attempt } of attemptsOf(candidates, options)) {
    options.signal.throwIfAborted();
    const outcome = await attempt().catch((thrown: unknown) => tellFailure(thrown, where, options));
    if (typeof outcome === 'object') return outcome;
    reasons.push(outcome ?? `${where} does not have it`);
  }
  return { reasons };
};

const attemptsOf = (
  candidates: readonly Model[],
  options: ObtainOptions,
): { where: string; attempt: Attempt }[] => [
  ...options.sources.flatMap((source) =>
    candidates.map((model) => ({
      where: `${formatSource(source)} (${model.fileName})`,
      attempt: () => takeFromSource(model, source, options),
    })),
  ),
  ...candidates.flatMap((model) => {
    const { upstream } = model;
    if (upstream === undefined) return [];
    return [{ where: upstream, attempt: () => download(model, upstream, options) }];
  }),
  ...candidates.flatMap((model) => {
    const { npm } = model;
    if (npm === undefined) return [];
    return [{ where: `npm ${npm.package}@${npm.version}`, attempt: () => build(model, npm, options) }];
  }),
];

/**
 * A file that cannot be had from one place is a reason to look in the next. An abort ends the search, and so does a
 * file that is the card's own and yet may not be run: no other place can have a better one.
 */
const tellFailure = (thrown: unknown, where: string, { log, signal }: ObtainOptions): string => {
  signal.throwIfAborted();
  const error = toAppError(thrown);
  if (final.has(error.code)) throw error;
  log.warn({ where, code: error.code }, error.message);
  return isAppError(thrown) ? error.message : `${where}: ${error.message}`;
};

const findInCache = async (model: Model, options: ObtainOptions): Promise<ObtainedModel | undefined> => {
  const path = cachedPath(model, options.cacheFolder);
  if (!(await stat(path).catch(() => undefined))) return undefined;
  try {
    await checkModelFile(model, path);
    return { model, path, origin: 'cache' };
  } catch (error) {
    if (!options.isExplicit) throw error;
    options.log.warn({ modelId: model.card.id, path }, 'replacing a cached model that is not sound');
    await rm(path);
    return undefined;
  }
};

const takeFromSource = async (
  model: Model,
  source: ModelSource,
  options: ObtainOptions,
): Promise<ObtainedModel | undefined> =>
  within(downloadMs, `reading ${formatSource(source)}`, options, async (signal) => {
    const chunks = await openInSource(source, model.fileName, { clock: options.clock, signal });
    if (!chunks) return undefined;
    const step = source.kind === 'folder' ? 'copy' : 'download';
    return store(model, chunks, { origin: 'source', step, from: formatSource(source) }, options);
  });

const download = async (
  model: Model,
  url: string,
  options: ObtainOptions,
): Promise<ObtainedModel | string> => {
  const recalled = options.isExplicit ? undefined : await recallUnreachable(url, options);
  if (recalled !== undefined) return `${recalled} lately; \`xueliang models pull\` tries again at once`;
  try {
    const obtained = await within(downloadMs, `downloading ${url}`, options, async (signal) => {
      const chunks = await fetchChunks(url, { clock: options.clock, signal });
      if (!chunks) throw modelError('model-source-failed', `${url} is not there any more`);
      return store(model, chunks, { origin: 'upstream', step: 'download', from: url }, options);
    });
    await rememberUnreachable(url, undefined, options);
    return obtained;
  } catch (error) {
    options.signal.throwIfAborted();
    await rememberUnreachable(url, toAppError(error).message, options);
    throw error;
  }
};

const store = async (
  model: Model,
  chunks: AsyncIterable<Uint8Array>,
  { origin, step, from }: { origin: ModelOrigin; step: 'copy' | 'download'; from: string },
  { cacheFolder, clock, onProgress }: ObtainOptions,
): Promise<ObtainedModel> => {
  const path = await storeModel(model, chunks, {
    cacheFolder,
    clock,
    origin: `${model.fileName} from ${from}`,
    onReceived: (receivedBytes) =>
      onProgress({ modelId: model.card.id, step, from, receivedBytes, totalBytes: model.sizeBytes }),
  });
  return { model, path, origin };
};

const build = async (model: Model, npm: NpmBuild, options: ObtainOptions): Promise<ObtainedModel> => {
  const from = `npm ${npm.package}@${npm.version}`;
  const onStep = (step: 'package' | 'convert') => options.onProgress({ modelId: model.card.id, step, from });
  return { model, path: await buildFromNpm(model, npm, { ...options, onStep }), origin: 'npm' };
};
