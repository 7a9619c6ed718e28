import { systemClock } from '../../core/runtime/clock.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { frameSpecOf, openPictureDetector, type PictureDetector } from '../../inference/index.ts';
import { ClipReader } from '../../ingest/replay/index.ts';
import { resolveModel } from '../../models/index.ts';
import type { Invocation } from '../command.ts';

export interface OpenDetector {
  card: ModelCard;
  detector: PictureDetector;
}

/** A model's detector on this thread; which model it had to be instead is said in the log. */
export const openModelDetector = async (
  { environment, log }: Pick<Invocation, 'environment' | 'log'>,
  modelId: string | undefined,
  signal: AbortSignal,
): Promise<OpenDetector> => {
  const { card, path } = await resolveModel({
    ...(modelId === undefined ? {} : { id: modelId }),
    cacheFolder: environment.cacheFolder,
    sources: environment.modelSources,
    clock: systemClock,
    ...{ log, signal },
  });
  return { card, detector: await openPictureDetector(card, path) };
};

/** Opens a clip as a model wants its pictures, for as long as `work` takes. */
export const withClip = async <T>(
  clip: string,
  card: ModelCard,
  work: (reader: ClipReader) => Promise<T>,
): Promise<T> => {
  const reader = await ClipReader.open(clip, frameSpecOf(card));
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
};
