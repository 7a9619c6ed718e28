import { systemClock } from '../../core/runtime/clock.ts';
import { listenForShutdown } from '../../core/runtime/shutdown.ts';
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

/** The same for as long as `work` takes, which a SIGINT or SIGTERM asks to end. */
export const withModelDetector = async <T>(
  invocation: Pick<Invocation, 'environment' | 'log'>,
  modelId: string | undefined,
  work: (opened: OpenDetector, signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const shutdown = listenForShutdown();
  try {
    const opened = await openModelDetector(invocation, modelId, shutdown.signal);
    try {
      return await work(opened, shutdown.signal);
    } finally {
      await opened.detector.close();
    }
  } finally {
    shutdown.release();
  }
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
