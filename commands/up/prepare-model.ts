import { systemClock } from '../../core/runtime/clock.ts';
import { resolveModel } from '../../models/index.ts';
import type { Invocation } from '../command.ts';

/** Brings the model into the cache before any worker needs it, so that what is wrong with it is said here and once. */
export const prepareModel = async (
  { environment, log, say }: Invocation,
  id: string | undefined,
  signal: AbortSignal,
): Promise<void> => {
  const { card, fallbackReason } = await resolveModel({
    ...(id === undefined ? {} : { id }),
    cacheFolder: environment.cacheFolder,
    sources: environment.modelSources,
    clock: systemClock,
    log,
    signal,
  });
  say(fallbackReason ?? `model: ${card.id}`);
};
